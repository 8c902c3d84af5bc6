/// What one machine may use up.
public struct LuaLimits: Sendable {
  /// Bytes of all Lua values together. In force only while Lua runs.
  public var memory = 64 << 20
  /// Wall-clock time of one uninterrupted stretch of Lua; waiting for a host does not count.
  public var sliceTime: Duration = .seconds(2)
  /// Time that `<close>` variables get once the run is being ended.
  public var unwindingTime: Duration = .seconds(1)
  /// Instructions of the virtual machine over the whole run, counted in thousands; `nil` for no limit. What waits begins the
  /// time of a stretch anew, so that only this ends a loop that does nothing but that. A call that waits counts as 64. The
  /// standard is about a minute of Lua alone, or ten minutes and more of such a loop: no recipe that does something comes near.
  public var instructions: UInt64? = 10_000_000_000
  /// Nesting of a table that crosses between Lua and Swift.
  public var depth = 32
  /// Values in a table that crosses between Lua and Swift.
  public var nodes = 100_000
  /// Bytes of one string that crosses from Lua to Swift, and of one that `string.rep` makes.
  public var stringSize = 16 << 20

  /// Bytes of all strings together that cross from Lua to Swift in one call.
  public var callSize = 32 << 20

  public static let standard = LuaLimits()

  public init() {}
}
