import Foundation
import Testing

@Suite("repo check")
struct RepoCheckTests {
  private static let recipe = """
    recipe {
      summary = "Close a directory",
      needs = { "files" },
      run = function(hosts, params) here:chmod("~/x", "700") end,
    }

    """
  private static let readme = """
    # Ours

    <!-- recipes: ssh-recipes repo check --write -->
    <!-- /recipes -->

    """
  private static let good = [
    "repository.lua": "repository { name = \"ours\", summary = \"Ours\" }\n", "recipes/close.lua": recipe,
    "README.md": readme,
  ]

  /// Writes the files into a folder `ours`; `nil` leaves one of the good ones out.
  private func with(_ files: [String: String?] = [:], _ body: (Program) throws -> Void) throws {
    try Program.with { program in
      for (path, text) in Self.good.mapValues({ Optional($0) }).merging(files, uniquingKeysWith: { $1 }) {
        guard let text else { continue }
        let file = program.home.appending(path: "ours/\(path)")
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: false, encoding: .utf8)
      }
      try body(program)
    }
  }

  private func complaints(_ files: [String: String?]) throws -> String {
    var text = ""
    try with(files) { program in
      _ = try program.run("repo", "check", "ours", "--write")
      let result = try program.run("repo", "check", "ours")
      text = result.complaints
      #expect(result.status == (text.isEmpty ? 0 : 1))
    }
    return text
  }

  @Test("the table of recipes is old until it is written, and then there are no problems")
  func table() throws {
    try with { program in
      let old = try program.run("repo", "check", "ours")
      let complaint = "error: README.md: the table of recipes is not up to date (ssh-recipes repo check --write)\n"
      #expect(old == .init(status: 1, output: "", complaints: complaint))
      let wrote = try program.run("repo", "check", "ours", "--write")
      #expect(
        wrote
          == .init(
            status: 0, output: "Wrote the table of recipes in ours/README.md\n1 recipe, no problems\n",
            complaints: ""))
      let readme = try String(contentsOf: program.home.appending(path: "ours/README.md"), encoding: .utf8)
      #expect(
        readme == """
          # Ours

          <!-- recipes: ssh-recipes repo check --write -->

          | recipe | what it is for | it may |
          |---|---|---|
          | `close` | Close a directory | `files` |

          <!-- /recipes -->

          """)
      let again = try program.run("repo", "check", "ours")
      #expect(again == .init(status: 0, output: "1 recipe, no problems\n", complaints: ""))
    }
  }

  @Test("the example repository is one that could be published")
  func example() throws {
    try SharedExample.with { program, _ in
      let result = try program.run("repo", "check", "src")
      #expect(result == .init(status: 0, output: "1 recipe, no problems\n", complaints: ""))
    }
  }

  @Test("what is missing is named: a README, its marks, what the repository is for")
  func missing() throws {
    #expect(
      try complaints(["README.md": nil]) == "error: there is no README.md to describe the repository\n")
    #expect(
      try complaints(["README.md": "# Ours\n"])
        == "error: README.md: expected the lines \"<!-- recipes: ssh-recipes repo check --write -->\" and "
        + "\"<!-- /recipes -->\", for the table of recipes\n")
    #expect(
      try complaints(["repository.lua": nil])
        == "error: repository.lua: expected repository { name = \"…\", summary = \"…\" }, which users see before they "
        + "add it\n")
  }

  @Test("unused permissions are reported, even if only a module could use them")
  func needs() throws {
    let wide = Self.recipe.replacing("\"files\"", with: "\"files\", \"run\", \"root\"")
    let name = "error: recipes/close.lua: it requests the permission"
    #expect(
      try complaints(["recipes/close.lua": wide])
        == "\(name) \"run\", but neither the recipe nor its modules use it\n"
        + "\(name) \"root\", but neither the recipe nor its modules use it\n")
    let module = "local m = require 'lib.m'\n" + wide
    #expect(
      try complaints([
        "recipes/close.lua": module,
        "recipes/lib/m.lua": "return function(host) host:run { 'x', root = true } end\n",
      ]) == "")
    #expect(
      try complaints([
        "recipes/close.lua": module, "recipes/lib/m.lua": "-- host:run { root = true }\nreturn {}\n",
      ]).split(separator: "\n").count == 2)
  }

  @Test("files that would surprise are told")
  func surprises() throws {
    #expect(
      try complaints(["recipes/install.sh": "#!/bin/sh\n"])
        == "error: recipes/install.sh: not a Lua file; expected recipes, modules, primitives, platforms and tests only\n"
    )
    #expect(
      try complaints(["recipes/lib/old.lua": "return {}\n"])
        == "error: recipes/lib/old.lua: it is not a recipe, and no recipe requires it\n")
    let long = Self.recipe + String(repeating: " ", count: 210) + "-- far to the right\n"
    #expect(
      try complaints(["recipes/close.lua": long])
        == "error: recipes/close.lua:6: the line has 229 characters, so readers may miss its end; expected at most "
        + "200\n"
    )
    #expect(
      try complaints(["recipes/close.lua": Self.recipe + "-- \u{202E}\n"])
        == "error: recipes/close.lua:6: the character U+202E is invisible or hides other text; write \"\\u{202e}\" in "
        + "a string instead\n")
  }

  @Test("a recipe that cannot be read is told, and a summary that is no line")
  func recipes() throws {
    #expect(
      try complaints(["recipes/close.lua": "recipe { sumary = 'x' }\n"])
        == "error: recipes/close.lua:1: the recipe has no field \"sumary\"; did you mean \"summary\"?\n")
    let long = Self.recipe.replacing("Close a directory", with: String(repeating: "x", count: 101))
    #expect(
      try complaints(["recipes/close.lua": long])
        == "error: recipes/close.lua: the summary has 101 characters; expected one line of at most 100\n")
  }

  @Test("a folder that is no repository is refused")
  func noRepository() throws {
    try Program.with { program in
      let none = try program.run("repo", "check", "nowhere")
      #expect(none == .init(status: 64, output: "", complaints: "error: there is no folder \"nowhere\"\n"))
      let empty = try program.run("repo", "check", "data/recipes/platforms")
      #expect(
        empty
          == .init(
            status: 64, output: "",
            complaints: "error: \"data/recipes/platforms\" is not a repository of recipes: its folder "
              + "\"recipes\" has no files\n"))
    }
  }
}
