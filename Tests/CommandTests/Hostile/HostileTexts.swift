import Foundation

extension HostileCase {
  /// What files hold.
  static let texts: [HostileCase] = [
    HostileCase(refused: "a recipe in bytecode") {
      with([("recipes/evil.lua", .file(Data([0x1B] + Array("LuaT\u{0}\u{19}".utf8))))])
    },
    HostileCase(refused: "a module in bytecode that no recipe names") {
      with([("recipes/lib/evil.lua", .file(Data([0x1B] + Array("Lua".utf8))))])
    },
    HostileCase(refused: "a recipe that is not UTF-8") {
      with([("recipes/evil.lua", .file(Data(Array("-- ok\n".utf8) + [0xC3, 0x28])))])
    },
    HostileCase(refused: "a comment that hides code by the direction of writing") {
      recipe("--[[ \u{202E} ]] here:run 'x' --[[ \u{2066} ]]\n")
    },
    HostileCase(refused: "a line that a terminal writes over") { recipe("here:run 'x'\r-- a comment\n") },
    HostileCase(refused: "an escape in the text") { recipe("x = 1 -- \u{1B}[8m hidden\n") },
    HostileCase(refused: "a NUL, behind which some readers stop") { recipe("x = 1\u{0}\n") },
    HostileCase(refused: "code in selectors of a letter's look") {
      recipe("load(plain '\u{E0148}\u{E0155}')()\n")
    },
    HostileCase(refused: "code in letters that are blank") { recipe("load(plain 'a\u{3164}\u{FFA0}\u{2800}')()\n") },
    HostileCase(refused: "a signature that is none") { with([("recipes.sig", .text("trust me\n"))]) },
    HostileCase(refused: "a signature of 2 MB") {
      with([("recipes.sig", .file(Data(repeating: 0x41, count: 2 << 20)))])
    },
  ]

  /// What `repository.lua` does while it is read.
  static let declarations: [HostileCase] = [
    declaring("a declaration that never ends", "while true do end"),
    declaring(
      "a declaration that never ends and catches its end", "while true do pcall(function() while true do end end) end"),
    declaring("a declaration that eats memory", "local t = {} while true do t[#t + 1] = ('x'):rep(1e6) .. #t end"),
    declaring("a declaration that matches for ever", "(('a'):rep(5000)):find(('a-'):rep(50) .. 'b')"),
    declaring("a declaration that nests without end", "local function f() return {f()} end f()"),
    declaring("a declaration that runs a command", "os.execute 'touch canary'"),
    declaring("a declaration that writes a file", "io.open('canary', 'w'):close()"),
    declaring("a declaration that loads bytecode", "assert(load('\\27Lua'))"),
    declaring("a declaration that calls a primitive", "here:run 'touch canary'"),
    declaring("a name that leads out of the folder", "repository { name = '../../evil' }"),
    declaring("a name that is an option", "repository { name = '--help' }"),
    declaring("a name that draws on the terminal", "repository { name = '\\27[2Jevil' }"),
    declaring("a name with a joiner that nobody sees", "repository { name = 'acme\\u{200d}' }"),
    declaring("a name that stands for something else", "repository { name = 'bundled' }"),
    declaring("a version that no program has", "repository { needs_version = '999999.0' }"),
    declaring("a field that is not known", "repository { hooks = 'touch canary' }"),
    declaring("an error that draws on the terminal", "error('\\27[2Jall is well\\n\\27[1A\\u{202e}')"),
  ]

  private static func declaring(_ name: String, _ lua: String) -> HostileCase {
    HostileCase(refused: name) { with([("repository.lua", .text(lua + "\n"))]) }
  }
}
