import Testing

@testable import Sharing

@Suite("What a commit lists is judged before a byte of it is read")
struct TreeInspectionTests {
  static func file(_ path: String, mode: String = "100644", size: Int = 10) -> TreeEntry {
    TreeEntry(path: Array(path.utf8), mode: mode, kind: .blob, objectID: "1", size: size)
  }

  static func problem(_ entries: [TreeEntry]) -> String? {
    do throws(RepositoryProblem) {
      try TreeInspection.inspect(entries)
      return nil
    } catch { return error.description }
  }

  @Test("what people really have in a repository is taken")
  func ordinary() {
    let paths = [
      ".gitattributes", ".gitignore", ".github/workflows/ci.yml", ".gitmodules", "LICENSE", "README.md", "docs/ä b.md",
      "recipes.sig", "recipes/close_home.lua", "recipes/close_home_test.lua", "recipes/x.test.lua",
      "recipes/lib/modes.lua", "recipes/platforms/my_router.lua", "recipes/data/list.txt", "repository.lua",
    ]
    let entries = paths.map { Self.file($0) } + [Self.file("scripts/check", mode: "100755")]
    #expect(Self.problem(entries) == nil)
  }

  @Test(
    "a path that leads somewhere else is refused",
    arguments: [
      ("/etc/passwd", "the path \"/etc/passwd\" begins at the root of the file system"),
      ("recipes/../../x.lua", "the path \"recipes/../../x.lua\" leads out of its folder"),
      ("./recipes/x.lua", "the path \"./recipes/x.lua\" leads out of its folder"),
      ("recipes//x.lua", "the path \"recipes//x.lua\" has an empty part"),
      ("recipes/", "the path \"recipes/\" has an empty part"),
      ("", "the path \"\" has an empty part"),
      ("recipes\\x.lua", "the path \"recipes\\x.lua\" holds a backslash, which leads into folders on some systems"),
      (".git/config", "the path \".git/config\" is where git keeps its own files"),
      ("a/.GIT/hooks/post-checkout", "the path \"a/.GIT/hooks/post-checkout\" is where git keeps its own files"),
      (".git. . /config", "the path \".git. . /config\" is where git keeps its own files"),
      (
        ".git::$INDEX_ALLOCATION/config", "the path \".git::$INDEX_ALLOCATION/config\" is where git keeps its own files"
      ),
      ("GIT~1/config", "the path \"GIT~1/config\" is where git keeps its own files"),
      (".g\u{200C}it/config", "the path \".g\\u{200c}it/config\" holds the character U+200C, which cannot be seen"),
      (".g\u{200B}it/config", "the path \".g\\u{200b}it/config\" holds the character U+200B, which cannot be seen"),
      ("a\nb", "the path \"a\\nb\" holds the character U+000A, which cannot be seen"),
      ("a\tb", "the path \"a\\tb\" holds the character U+0009, which cannot be seen"),
      ("a\u{1B}[2Jb", "the path \"a\\u{1b}[2Jb\" holds the character U+001B, which cannot be seen"),
      ("a\u{202E}aul.b", "the path \"a\\u{202e}aul.b\" holds the character U+202E, which cannot be seen"),
      ("a\u{9B}31m", "the path \"a\\u{9b}31m\" holds the character U+009B, which cannot be seen"),
    ])
  func path(path: String, message: String) {
    #expect(Self.problem([Self.file(path)]) == message)
  }

  @Test("a path that is not UTF-8 is refused, and shown as far as it can be")
  func notUTF8() {
    let entry = TreeEntry(path: [0x61, 0xFF], mode: "100644", kind: .blob, objectID: "1", size: 1)
    #expect(Self.problem([entry]) == "the path \"a\u{FFFD}\" is not UTF-8")
  }

  @Test("links, submodules and odd modes are refused, wherever they lie")
  func kinds() {
    let link = "\"docs/x\" is a symbolic link; a repository of recipes may hold plain files only"
    #expect(Self.problem([Self.file("docs/x", mode: "120000")]) == link)
    let module = TreeEntry(path: Array("lib".utf8), mode: "160000", kind: .commit, objectID: "1", size: nil)
    #expect(
      Self.problem([module])
        == "\"lib\" is a submodule, which leads to another repository; a repository of recipes may hold plain files only"
    )
    #expect(Self.problem([Self.file("x", mode: "104644")]) == "\"x\" has the mode 104644, which is no plain file's")
    let tree = TreeEntry(path: Array("x".utf8), mode: "040000", kind: .tree, objectID: "1", size: nil)
    #expect(Self.problem([tree]) == "\"x\" has the mode 040000, which is no plain file's")
  }

  @Test(
    "two names that are one on some file system are refused",
    arguments: [
      (["recipes/a.md", "recipes/A.md"], "\"recipes/a.md\" and \"recipes/A.md\" are the same name"),
      (["Recipes/a.md", "recipes/b.md"], "\"Recipes\" and \"recipes\" are the same name"),
      (["docs/caf\u{E9}", "docs/cafe\u{301}"], "\"docs/caf\u{E9}\" and \"docs/cafe\u{301}\" are the same name"),
      (["docs", "Docs/x"], "\"Docs\" is there more than once, as a file or as a folder"),
      (["docs/x", "docs"], "\"docs\" is there more than once, as a file or as a folder"),
      (["x", "x"], "\"x\" is there more than once, as a file or as a folder"),
    ])
  func twins(paths: [String], message: String) {
    let end = message.hasSuffix("name") ? " where case and accents do not count" : ""
    #expect(Self.problem(paths.map { Self.file($0) }) == message + end)
  }

  @Test("more and larger files than people read are refused")
  func sizes() {
    #expect(
      Self.problem((0...5000).map { Self.file("docs/\($0)") })
        == "it has more than 5000 files; a repository of recipes is smaller than that")
    let recipes = (0..<500).map { Self.file("recipes/r\($0).lua") }
    let others = ["recipes/r0_test.lua", "recipes/lib/r.lua", "recipes/r.md"].map { Self.file($0) }
    #expect(Self.problem(recipes + others) == nil)
    #expect(
      Self.problem(recipes + [Self.file("recipes/one_more.lua")])
        == "it has more than 500 Lua files directly in \"recipes\", each of which may be a recipe; modules can lie in "
        + "folders below")
    #expect(
      Self.problem([Self.file("recipes/x.lua", size: 104_857_600)])
        == "\"recipes/x.lua\" has 104857600 bytes; the most that is taken is 1048576")
    #expect(Self.problem([Self.file("docs/x.png", size: 1 << 25)]) == nil)
    #expect(
      Self.problem([Self.file("docs/x.png", size: 104_857_600)])
        == "\"docs/x.png\" has 104857600 bytes; the most that is taken is 33554432")
    #expect(
      Self.problem([Self.file("recipes.sig", size: 1 << 21)])
        == "\"recipes.sig\" has 2097152 bytes; the most that is taken is 1048576")
    #expect(
      Self.problem((0..<17).map { Self.file("recipes/m\($0).lua", size: 1 << 20) })
        == "its recipes and modules have 17825792 bytes together; the most that is taken is 16777216")
  }

  @Test("deep and long paths are refused")
  func depth() {
    let deep = Array(repeating: "d", count: 17).joined(separator: "/")
    #expect(Self.problem([Self.file(deep)]) == "the path \"\(deep)\" is too deep; expected at most 16 parts")
    let long = String(repeating: "x", count: 256)
    #expect(
      Self.problem([Self.file(long)])
        == "the path \"\(long.prefix(120))…\" is too long; expected at most 255 bytes a part, and 1000 together")
  }

  @Test(
    "a Lua file that nobody could name is refused",
    arguments: [
      "recipes/-rf.lua", "recipes/Close.lua", "recipes/a b.lua", "recipes/a.b.lua", "recipes/my-lib/x.lua",
      "recipes/x.LUA", "recipes/.lua", "recipes/.hidden.lua", "recipes/ä.lua", "recipes/1.lua",
    ])
  func luaNames(path: String) {
    #expect(
      Self.problem([Self.file(path)])
        == "\"\(path)\" cannot be a recipe's or a module's name; expected lower-case letters, digits and \"_\", and a "
        + "letter first")
  }
}
