import CLua

/// The release of Lua in this build.
package enum LuaRelease {
  /// `Lua 5.4.4`.
  package static let name = "Lua \(LUA_VERSION_MAJOR).\(LUA_VERSION_MINOR).\(LUA_VERSION_RELEASE)"
}
