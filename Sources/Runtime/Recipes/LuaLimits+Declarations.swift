import Lua

extension LuaLimits {
  /// For the top level of recipes, platforms and repositories, which only declares: enough for tables that fill the
  /// largest file, and a fraction of a second for an endless loop. `list` reads every file.
  package static let declarations: LuaLimits = {
    var limits = LuaLimits.standard
    limits.instructions = 20_000_000
    return limits
  }()
}
