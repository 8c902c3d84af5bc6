import Foundation
import Testing

/// The compiler itself keeps Swift from calling what may raise an error of Lua: a longjmp across Swift's frames.
@Suite struct RaisingFunctionsTests {
  /// The manual's marks "e" and "v" (Lua 5.4, section 4.6 and 5.1), as far as they are functions and not macros.
  private static let raising = """
    lua_arith lua_callk lua_closeslot lua_compare lua_concat lua_error lua_getfield lua_getglobal lua_geti lua_gettable
    lua_len lua_pushvfstring lua_setfield lua_setglobal lua_seti lua_settable lua_toclose lua_yieldk
    luaL_argerror luaL_callmeta luaL_checkany luaL_checkinteger luaL_checklstring luaL_checknumber luaL_checkoption
    luaL_checkstack luaL_checktype luaL_checkudata luaL_getmetafield luaL_getsubtable luaL_len luaL_newmetatable
    luaL_openlibs luaL_optinteger luaL_optlstring luaL_optnumber luaL_requiref luaL_setfuncs luaL_setmetatable
    luaL_tolstring luaL_typeerror
    """.split(whereSeparator: \.isWhitespace).map(String.init)
  /// These are variadic, so Swift does not know them at all.
  private static let unknown = ["luaL_error", "lua_pushfstring"]
  private static let harmless = ["lua_rawget", "lua_type", "lua_gettop"]

  private static let shim = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources/CLua/Shim/include/CLua.h").path

  /// - Returns: what the compiler says of a file that names each of the functions, without its notes.
  private func complaints(of names: [String]) throws -> [String] {
    let folder = try TemporaryFolder()
    _ = try folder.write(Array("module CLua {\n  header \"\(Self.shim)\"\n  export *\n}\n".utf8), "module.modulemap")
    let text = "import CLua\n" + names.enumerated().map { "let f\($0) = \($1)\n" }.joined()
    let file = try folder.write(Array(text.utf8), "names.swift")
    let flags = try RealSSHD.run("/usr/bin/env", ["pkg-config", "--cflags-only-I", "lua5.4"])
    let includes = String(decoding: flags.output, as: UTF8.self).split(whereSeparator: \.isWhitespace)
      .flatMap { ["-Xcc", String($0)] }
    let outcome = try RealSSHD.run(
      "/usr/bin/env",
      ["swiftc", "-typecheck", "-diagnostic-style=llvm", "-module-cache-path", folder.url.path, "-I", folder.url.path]
        + includes + [file])
    return outcome.errors.split(separator: "\n").filter { $0.contains("error: ") }
      .map { String($0.drop(while: { $0 != " " }).dropFirst()) }
  }

  @Test func `Swift may not name a function that may raise`() throws {
    #expect(try complaints(of: Self.harmless) == [])
    let why = "is unavailable in Swift: may raise: the longjmp would cross Swift frames; add a C helper"
    #expect(
      try complaints(of: Self.raising + Self.unknown).sorted()
        == (Self.raising.map { "error: '\($0)' \(why)" }
        + Self.unknown.map {
          "error: '\($0)' is unavailable: Variadic function is unavailable"
        }).sorted())
  }
}
