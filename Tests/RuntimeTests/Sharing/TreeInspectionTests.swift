import Testing

@testable import Sharing

@Suite("a commit's entries are inspected before any file is read")
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

  @Test("a typical repository is accepted")
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
    "a path that leads elsewhere is refused",
    arguments: [
      ("/etc/passwd", "the path \"/etc/passwd\" begins at the root of the file system"),
      ("recipes/../../x.lua", "the path \"recipes/../../x.lua\" leads out of its folder"),
      ("./recipes/x.lua", "the path \"./recipes/x.lua\" leads out of its folder"),
      ("recipes//x.lua", "the path \"recipes//x.lua\" has an empty part"),
      ("recipes/", "the path \"recipes/\" has an empty part"),
      ("", "the path \"\" has an empty part"),
      ("recipes\\x.lua", "the path \"recipes\\x.lua\" contains a backslash, which separates folders on some systems"),
      (".git/config", "the path \".git/config\" is reserved for git's own files"),
      ("a/.GIT/hooks/post-checkout", "the path \"a/.GIT/hooks/post-checkout\" is reserved for git's own files"),
      (".git. . /config", "the path \".git. . /config\" is reserved for git's own files"),
      (
        ".git::$INDEX_ALLOCATION/config", "the path \".git::$INDEX_ALLOCATION/config\" is reserved for git's own files"
      ),
      ("GIT~1/config", "the path \"GIT~1/config\" is reserved for git's own files"),
      (".g\u{200C}it/config", "the path \".g\\u{200c}it/config\" contains the invisible character U+200C"),
      (".g\u{200B}it/config", "the path \".g\\u{200b}it/config\" contains the invisible character U+200B"),
      ("a\nb", "the path \"a\\nb\" contains the invisible character U+000A"),
      ("a\tb", "the path \"a\\tb\" contains the invisible character U+0009"),
      ("a\u{1B}[2Jb", "the path \"a\\u{1b}[2Jb\" contains the invisible character U+001B"),
      ("a\u{202E}aul.b", "the path \"a\\u{202e}aul.b\" contains the invisible character U+202E"),
      ("a\u{9B}31m", "the path \"a\\u{9b}31m\" contains the invisible character U+009B"),
    ])
  func path(path: String, message: String) {
    #expect(Self.problem([Self.file(path)]) == message)
  }

  @Test("a path that is not UTF-8 is refused, and shown as far as possible")
  func notUTF8() {
    let entry = TreeEntry(path: [0x61, 0xFF], mode: "100644", kind: .blob, objectID: "1", size: 1)
    #expect(Self.problem([entry]) == "the path \"a\u{FFFD}\" is not UTF-8")
  }

  @Test("links, submodules and odd modes are refused in any folder")
  func kinds() {
    let link = "\"docs/x\" is a symbolic link; a repository of recipes may contain regular files only"
    #expect(Self.problem([Self.file("docs/x", mode: "120000")]) == link)
    let module = TreeEntry(path: Array("lib".utf8), mode: "160000", kind: .commit, objectID: "1", size: nil)
    #expect(
      Self.problem([module])
        == "\"lib\" is a submodule, which leads to another repository; a repository of recipes may contain regular "
        + "files only"
    )
    #expect(Self.problem([Self.file("x", mode: "104644")]) == "\"x\" has the mode 104644; expected a regular file")
    let tree = TreeEntry(path: Array("x".utf8), mode: "040000", kind: .tree, objectID: "1", size: nil)
    #expect(Self.problem([tree]) == "\"x\" has the mode 040000; expected a regular file")
  }

  @Test(
    "two names that coincide on some file system are refused",
    arguments: [
      (["recipes/a.md", "recipes/A.md"], "\"recipes/a.md\" and \"recipes/A.md\" are the same name"),
      (["Recipes/a.md", "recipes/b.md"], "\"Recipes\" and \"recipes\" are the same name"),
      (["docs/caf\u{E9}", "docs/cafe\u{301}"], "\"docs/caf\u{E9}\" and \"docs/cafe\u{301}\" are the same name"),
      (["docs", "Docs/x"], "\"Docs\" appears more than once, as a file or a folder"),
      (["docs/x", "docs"], "\"docs\" appears more than once, as a file or a folder"),
      (["x", "x"], "\"x\" appears more than once, as a file or a folder"),
    ])
  func twins(paths: [String], message: String) {
    let end = message.hasSuffix("name") ? " on systems that ignore case or accents" : ""
    #expect(Self.problem(paths.map { Self.file($0) }) == message + end)
  }

  @Test("too many and too large files are refused")
  func sizes() {
    #expect(
      Self.problem((0...5000).map { Self.file("docs/\($0)") })
        == "there are more than 5000 files, the limit for a repository of recipes")
    let recipes = (0..<500).map { Self.file("recipes/r\($0).lua") }
    let others = ["recipes/r0_test.lua", "recipes/lib/r.lua", "recipes/r.md"].map { Self.file($0) }
    #expect(Self.problem(recipes + others) == nil)
    #expect(
      Self.problem(recipes + [Self.file("recipes/one_more.lua")])
        == "there are more than 500 Lua files directly in \"recipes\", each of which may be a recipe; move modules "
        + "to folders below")
    #expect(
      Self.problem([Self.file("recipes/x.lua", size: 104_857_600)])
        == "\"recipes/x.lua\" has 104857600 bytes; the limit is 1048576")
    #expect(Self.problem([Self.file("docs/x.png", size: 1 << 25)]) == nil)
    #expect(
      Self.problem([Self.file("docs/x.png", size: 104_857_600)])
        == "\"docs/x.png\" has 104857600 bytes; the limit is 33554432")
    #expect(
      Self.problem([Self.file("recipes.sig", size: 1 << 21)])
        == "\"recipes.sig\" has 2097152 bytes; the limit is 1048576")
    #expect(
      Self.problem((0..<17).map { Self.file("recipes/m\($0).lua", size: 1 << 20) })
        == "recipes and modules together have 17825792 bytes; the limit is 16777216")
  }

  @Test("deep and long paths are refused")
  func depth() {
    let deep = Array(repeating: "d", count: 17).joined(separator: "/")
    #expect(Self.problem([Self.file(deep)]) == "the path \"\(deep)\" is too deep; expected at most 16 parts")
    let long = String(repeating: "x", count: 256)
    #expect(
      Self.problem([Self.file(long)])
        == "the path \"\(long.prefix(120))…\" is too long; expected at most 255 bytes per part, and 1000 in total")
  }

  @Test(
    "a Lua file without a usable name is refused",
    arguments: [
      "recipes/-rf.lua", "recipes/Close.lua", "recipes/a b.lua", "recipes/a.b.lua", "recipes/my-lib/x.lua",
      "recipes/x.LUA", "recipes/.lua", "recipes/.hidden.lua", "recipes/ä.lua", "recipes/1.lua",
    ])
  func luaNames(path: String) {
    #expect(
      Self.problem([Self.file(path)])
        == "\"\(path)\" is not a valid name for a recipe or module; expected a lower-case letter, then lower-case "
        + "letters, digits and \"_\"")
  }
}
