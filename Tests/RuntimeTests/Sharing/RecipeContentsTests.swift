import Testing

@testable import Lua
@testable import Recipes
@testable import Sharing

@Suite("the files that a shared recipe can load")
struct RecipeContentsTests {
  private static func paths(_ recipe: String, _ files: [String: String]) -> [String] {
    let folder = files.mapValues { Array($0.utf8) }
      .merging(["r.lua": Array(recipe.utf8)]) { $1 }
    return RecipeContents(recipe: "r.lua", in: folder).files.keys.sorted()
  }

  private static let folder = [
    "a.lua": "return require 'lib.b'", "lib/b.lua": "", "c.lua": "", "c_test.lua": "", "platforms/p.lua": "",
    "notes.txt": "",
  ]

  @Test("these are the recipe, its modules, their modules, and the platforms")
  func closure() {
    #expect(Self.paths("require \"a\"", Self.folder) == ["a.lua", "lib/b.lua", "platforms/p.lua", "r.lua"])
    #expect(Self.paths("require('lib.b')", Self.folder) == ["lib/b.lua", "platforms/p.lua", "r.lua"])
    #expect(Self.paths("require [[c]]", Self.folder) == ["c.lua", "platforms/p.lua", "r.lua"])
    #expect(Self.paths(#"require "\x63""#, Self.folder) == ["c.lua", "platforms/p.lua", "r.lua"])
    #expect(
      Self.paths("-- require 'c'\n--[==[ require 'c' ]] ]==] note 'require'", Self.folder).contains("c.lua") == true)
    #expect(
      Self.paths("-- require 'c'\n--[==[ require 'c' ]] ]==] note 'x'", Self.folder) == ["platforms/p.lua", "r.lua"])
  }

  @Test(
    "if the required module is unclear, all modules are included",
    arguments: [
      "local name = 'c' require(name)", "local r = require", "require('a' .. x)", "_G['require']('c')",
      "(require)'c'", "pcall(require, 'c')",
    ])
  func open(source: String) {
    let all = ["a.lua", "c.lua", "c_test.lua", "lib/b.lua", "platforms/p.lua", "r.lua"]
    #expect(Self.paths(source, Self.folder) == all)
  }

  @Test("modules that require each other are included once each")
  func circle() {
    #expect(Self.paths("require 'a'", ["a.lua": "require 'r' require 'a'"]) == ["a.lua", "r.lua"])
  }

  @Test("a required platform includes its modules")
  func platform() {
    let folder = ["platforms/p.lua": "require 'lib.b'", "lib/b.lua": "", "c.lua": ""]
    #expect(Self.paths("require 'platforms.p'", folder) == ["lib/b.lua", "platforms/p.lua", "r.lua"])
  }

  @Test("names and texts both count, and cannot be confused")
  func digests() {
    func digest(_ files: [String: String]) -> String {
      RecipeContents(recipe: "r.lua", in: files.mapValues { Array($0.utf8) }).digest
    }
    let contents: [[String: String]] = [
      ["r.lua": "require'a'"], ["r.lua": "require'a'", "a.lua": ""], ["r.lua": "require'a' ", "a.lua": ""],
      ["r.lua": "require'a'", "a.lua": " "], ["r.lua": "require'a'file 5 a.lua 0\n"],
    ]
    #expect(Set(contents.map(digest)).count == contents.count)
    #expect(digest(["r.lua": "x", "other.lua": "1"]) == digest(["r.lua": "x", "other.lua": "2"]))
  }

  @Test("what Lua skips at a file's beginning", arguments: ["", "\u{FEFF}", "#!/usr/bin/lua no", "\u{FEFF}# no"])
  func preamble(text: String) throws {
    let source = Array((text + "\nyes").utf8)
    #expect(LuaPreamble.length(in: source) == text.utf8.count)
    #expect(Array(LuaTokens(source)) == [.name("yes")])
  }

  @Test("a Lua source in tokens: words, strings with their escapes, no comments")
  func tokens() {
    let source = "\u{FEFF}#!/usr/bin/x\nlocal s = 'a\\'b\\65\\x42\\z  c\\u{e9}' -- no\n[=[x]]]=] ..--[[n\n]]y"
    #expect(
      Array(LuaTokens(Array(source.utf8)))
        == [
          .name("local"), .name("s"), .symbol(0x3D), .string(Array("a'bABcé".utf8)), .string(Array("x]]".utf8)),
          .symbol(0x2E), .symbol(0x2E), .name("y"),
        ])
  }

  @Test("an escape of a character ends where Lua ends it, with any number of zeros and without its bracket")
  func scalars() {
    let zeros = String(repeating: "0", count: 30)
    let source = "'\\u{\(zeros)63}' '\\u{63 }' '\\u{110000}' '\\u{D800}' '\\u{FFFFFFFFFFFFFFFFFF}' '\\ux' '\\u{"
    #expect(
      Array(LuaTokens(Array(source.utf8))) == ["c", " }", "", "", "", "x", ""].map { .string(Array($0.utf8)) })
  }

  @Test(
    "reading takes time in proportion to the source",
    arguments: ["\\u{", "\\u{1", "\\u", "[=", "]=", "--[=", "\\", "[", "]"])
  func linear(part: String) {
    let parts = String(repeating: part, count: (1 << 18) / part.utf8.count)
    for start in ["'", "[==[", ""] {
      let time = processorTime { for _ in LuaTokens(Array((start + parts).utf8)) {} }
      #expect(time < .seconds(30), "\(start)\(part)… takes \(time)")
    }
  }
}
