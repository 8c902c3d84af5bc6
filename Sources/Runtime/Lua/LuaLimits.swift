/// What one machine may use up.
package struct LuaLimits: Sendable {
  /// Bytes of all Lua values together. In force only while Lua runs.
  package var memory = 64 << 20
  /// Wall-clock time of one uninterrupted stretch of Lua; waiting for a host does not count.
  package var sliceTime: Duration = .seconds(2)
  /// Time that `<close>` variables get once the run is being ended.
  package var unwindingTime: Duration = .seconds(1)
  /// Instructions of the virtual machine over the whole run, counted in thousands; `nil` for no limit. What waits begins the
  /// time of a stretch anew, so that only this ends a loop that does nothing but that. A call that waits counts as 64. The
  /// standard is about a minute of Lua alone, or ten minutes and more of such a loop: no recipe that does something comes near.
  package var instructions: UInt64? = 10_000_000_000
  /// Nesting of a table that crosses between Lua and Swift.
  package var depth = 32
  /// Values in a table that crosses between Lua and Swift.
  package var nodes = 100_000
  /// Bytes of one string that crosses from Lua to Swift, and of one that `string.rep` makes.
  package var stringSize = 16 << 20

  /// Bytes of all strings together that cross from Lua to Swift in one call.
  package var callSize = 32 << 20

  package static let standard = LuaLimits()

  package init() {}
}
