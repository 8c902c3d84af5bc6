/// Limits on the resources of a machine.
package struct LuaLimits: Sendable {
  /// Bytes of all Lua values together. Applies only while Lua runs.
  package var memory = 64 << 20
  /// Processor time of an uninterrupted stretch of Lua. Neither waiting for a host counts nor the time that other programs take on
  /// a busy computer.
  package var sliceTime: Duration = .seconds(2)
  /// Processor time for `<close>` variables once the run is ending.
  package var unwindingTime: Duration = .seconds(1)
  /// Instructions of the virtual machine over the whole run, counted in thousands; `nil` for no limit.
  ///
  /// Every wait restarts the time of a stretch, so that no other limit ends an endless loop of waits. A waiting call
  /// counts as 64. The default is about a minute of Lua alone, or at least ten minutes of such a loop; no useful recipe
  /// comes near.
  package var instructions: UInt64? = 10_000_000_000
  /// Nesting of a table passed between Lua and Swift.
  package var depth = 32
  /// Values in a table passed between Lua and Swift.
  package var nodes = 100_000
  /// Bytes of a string passed from Lua to Swift, or made by `string.rep`.
  package var stringSize = 16 << 20

  /// Bytes of all strings together passed from Lua to Swift in one call.
  package var callSize = 32 << 20

  package static let standard = LuaLimits()

  package init() {}
}
