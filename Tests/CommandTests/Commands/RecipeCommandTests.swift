import Foundation
import Testing

@Suite("Commands about recipes")
struct RecipeCommandTests {
  private static let recipes = [
    "close.lua": """
    recipe {
      summary = "Close a directory",
      guide = "The guide",
      hosts = { { "from", "The first" }, { "to", "The others", many = true } },
      params = {
        { "mode", "The mode", one_of = { "700", "750" }, default = "700" },
        { "name", "The name" },
      },
      needs = { "root", "files", "run", "logs" },
      run = function(hosts, params) end,
    }

    """,
    "wrong.lua": """
    recipe {
      sumary = "Close a directory",
    }

    """,
    "module.lua": "return {}\n",
  ]

  @Test("list names every recipe with its summary, and no module")
  func list() throws {
    try Program.with(recipes: Self.recipes) { program in
      let result = try program.run("list")
      #expect(
        result
          == .init(
            status: 0,
            output: """
              close  Close a directory  (bundled)
              wrong  cannot be read: ssh-recipes lint data/recipes/wrong.lua  (bundled)

              """, complaints: ""))
    }
  }

  @Test("list says where it looked when there is nothing")
  func emptyList() throws {
    try Program.with { program in
      let result = try program.run("list")
      #expect(
        result
          == .init(
            status: 0,
            output: """
              No recipes found in:
                \(program.home.path)/.config/ssh-recipes/recipes
                data/recipes

              """, complaints: ""))
    }
  }

  @Test("show tells hosts, settings and permissions, and how to call it")
  func show() throws {
    try Program.with(recipes: Self.recipes) { program in
      let result = try program.run("show", "close")
      #expect(
        result
          == .init(
            status: 0,
            output: """
              close: Close a directory
                guide  The guide
                file   data/recipes/close.lua

              Hosts, in this order:
                from  The first
                to…   The others (one or more)

              Settings, each as --set name=value:
                mode  The mode ("700" or "750"; default: 700)
                name  The name (text; required)

              Permissions, (!) marks far-reaching ones:
                files  read and change any file that the account may, also outside its home  (!)
                logs   read the SSH server's log
                run    run any command  (!)
                root   act as root  (!)

              Plan first, then run:
                ssh-recipes plan close FROM TO… --set name=…
                ssh-recipes run close FROM TO… --set name=…

              """, complaints: ""))
    }
  }

  @Test("show guesses what was meant")
  func typo() throws {
    try Program.with(recipes: Self.recipes) { program in
      let result = try program.run("show", "colse")
      #expect(
        result
          == .init(
            status: 64, output: "",
            complaints: """
              error: there is no recipe "colse"; did you mean "close"? (looked in \
              \(program.home.path)/.config/ssh-recipes/recipes, data/recipes)
                fix     ssh-recipes list   shows all recipes

              """))
    }
  }

  @Test("lint names file, line and the nearest right word, for every file")
  func lint() throws {
    try Program.with(recipes: Self.recipes) { program in
      let result = try program.run("lint", "close", "wrong", "./nowhere.lua")
      #expect(
        result
          == .init(
            status: 1, output: "data/recipes/close.lua: ok\n",
            complaints: """
              error: wrong.lua:1: the recipe has no field "sumary"; did you mean "summary"?
              error: there is no file "./nowhere.lua"
                fix     ssh-recipes list   shows all recipes

              """))
    }
  }

  @Test("new writes a recipe that passes lint, and never over a file")
  func new() throws {
    try Program.with { program in
      let result = try program.run("new", "mine")
      #expect(
        result
          == .init(
            status: 0,
            output: """
              Wrote mine.lua. Next:
                ssh-recipes lint ./mine.lua
                ssh-recipes plan ./mine.lua user@host
                ssh-recipes primitives

              """, complaints: ""))
      let lint = try program.run("lint", "./mine.lua")
      #expect(lint == .init(status: 0, output: "./mine.lua: ok\n", complaints: ""))
      let file = program.home.appending(path: "mine.lua")
      try "own".write(to: file, atomically: true, encoding: .utf8)
      let again = try program.run("new", "mine")
      #expect(
        again
          == .init(
            status: 1, output: "",
            complaints: "error: \"mine.lua\" already exists and was left unchanged\n"))
      #expect(try String(contentsOf: file, encoding: .utf8) == "own")
    }
  }

  @Test("new refuses a name that cannot be one", arguments: ["Mine", "../mine", "a b", "9", ""])
  func badName(name: String) throws {
    try Program.with { program in
      let result = try program.run("new", name)
      #expect(
        result
          == .init(
            status: 64, output: "",
            complaints: """
              error: "\(name)" is not a valid recipe name; expected a lower-case letter, then lower-case letters, \
              digits and "_"

              """))
    }
  }
}
