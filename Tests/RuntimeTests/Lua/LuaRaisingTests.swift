import Foundation
import TestSupport
import Testing

/// Errors of Lua must not jump across Swift frames. The compiler enforces the rule, as these tests check.
@Suite("Lua: functions that raise") struct LuaRaisingTests {
  /// The functions that the reference manual marks `e` or `v`; Swift never imports macros with casts. Left out are
  /// `lua_next`, which raises only for a key that is not in the table, and `lua_settop`, only with a slot to close.
  static let raising = [
    "lua_arith", "lua_callk", "lua_closeslot", "lua_compare", "lua_concat", "lua_error", "lua_getfield",
    "lua_getglobal", "lua_geti", "lua_gettable", "lua_len", "lua_pushvfstring", "lua_setfield", "lua_setglobal",
    "lua_seti", "lua_settable", "lua_toclose", "lua_yieldk", "luaL_argerror", "luaL_callmeta", "luaL_checkany",
    "luaL_checkinteger", "luaL_checklstring", "luaL_checknumber", "luaL_checkoption", "luaL_checkstack",
    "luaL_checktype", "luaL_checkudata", "luaL_checkversion_", "luaL_getmetafield", "luaL_getsubtable", "luaL_len",
    "luaL_newmetatable", "luaL_openlibs", "luaL_optinteger", "luaL_optlstring", "luaL_optnumber", "luaL_requiref",
    "luaL_setfuncs", "luaL_setmetatable", "luaL_tolstring", "luaL_typeerror",
  ]
  /// Swift imports no variadic C functions.
  static let variadic = ["luaL_error", "lua_pushfstring"]
  /// Functions used from Swift, so that an unreadable header does not pass for a refusal.
  static let harmless = ["lua_absindex", "lua_checkstack", "lua_gettop", "lua_next", "lua_rawget", "luaL_unref"]

  private static let shim = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../Sources/CLua/Shim/include").standardizedFileURL

  @Test("the compiler refuses each from Swift, and gives the reason") func refused() throws {
    let marked = try String(contentsOf: Self.shim.appending(path: "CLua.h"), encoding: .utf8)
      .matches(of: /SR_RAISES(?:_LIB)?\(.*?(luaL?_\w+)\(/).map { String($0.1) }
    let all = Set(Self.raising).union(marked).sorted()
    var wanted: [String] = []
    for name in all {
      wanted.append(
        "'\(name)' is unavailable in Swift: may raise: the longjmp would cross Swift frames; add a C helper")
    }
    for name in Self.variadic { wanted.append("'\(name)' is unavailable: Variadic function is unavailable") }
    let errors = try Self.errors(ofUsing: all + Self.variadic + Self.harmless)
    #expect(errors == wanted.sorted())
  }

  /// The compiler's errors for a file that mentions each of the functions.
  private static func errors(ofUsing names: [String]) throws -> [String] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "raising-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try "module CLua { header \"\(shim.path())/CLua.h\" export * }"
      .write(to: folder.appending(path: "module.modulemap"), atomically: true, encoding: .utf8)
    let uses = names.enumerated().map { "let use\($0.offset): Any = \($0.element)" }
    let source = folder.appending(path: "uses.swift").path()
    try "import CLua\n\(uses.joined(separator: "\n"))\n".write(toFile: source, atomically: true, encoding: .utf8)
    let flags = try run(["pkg-config", "--cflags", "lua5.4"]).split(whereSeparator: \.isWhitespace)
    let output = try run(
      [
        "swiftc", "-typecheck", source, "-I", folder.path(), "-module-cache-path",
        folder.appending(path: "cache").path(),
      ]
        + flags.flatMap { ["-Xcc", String($0)] })
    let prefix = "\(source):"
    return output.split(whereSeparator: \.isNewline).compactMap { line in
      guard line.hasPrefix(prefix), let error = line.firstRange(of: ": error: ") else { return nil }
      return String(line[error.upperBound...])
    }.sorted()
  }

  /// The output of a program that is expected to fail, errors included.
  private static func run(_ arguments: [String]) throws -> String {
    let outcome = try ChildProcess.run("/usr/bin/env", arguments)
    return String(decoding: outcome.output, as: UTF8.self) + outcome.errors
  }
}
