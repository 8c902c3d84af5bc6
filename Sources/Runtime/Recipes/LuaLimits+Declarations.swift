import Lua

extension LuaLimits {
  /// For the top level of a recipe, of platforms and of a repository, which only declares: enough for a file of the
  /// largest size that is nothing but tables, and a fraction of a second where it never ends. `list` reads them all.
  package static let declarations: LuaLimits = {
    var limits = LuaLimits.standard
    limits.instructions = 20_000_000
    return limits
  }()
}
