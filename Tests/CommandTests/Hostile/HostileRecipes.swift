extension HostileCase {
  /// Repositories that are taken, since all that is wrong with them is what their recipes try.
  static let recipes: [HostileCase] = [
    HostileCase(taken: "a header that never ends", then: ["show evil/evil", "list"]) {
      recipe("while true do end\n")
    },
    HostileCase(taken: "a header that eats memory", then: ["show evil/evil"]) {
      recipe("local t = {} while true do t[#t + 1] = ('x'):rep(1e6) .. #t end\n")
    },
    HostileCase(taken: "a summary that draws on the terminal", then: ["show evil/evil", "list"]) {
      recipe("recipe { summary = '\\27[2J\\27]0;owned\\7\\u{202e}x\\nerror: none', run = function() end }\n")
    },
    HostileCase(taken: "a summary with letters that nobody sees", then: ["list"]) {
      recipe("recipe { summary = 'a\\u{200b}b\\u{ad}\\u{e0041}\\u{fe0f}', run = function() end }\n")
    },
    HostileCase(taken: "modules that require each other", then: ["show evil/evil"]) {
      recipe("require 'a'\n", more: [("recipes/a.lua", .text("require 'b'")), ("recipes/b.lua", .text("require 'a'"))])
    },
    HostileCase(taken: "a module by a path", then: ["show evil/evil"]) {
      recipe("require '../../../../.config/secret'\n")
    },
    HostileCase(taken: "a module of this computer", then: ["show evil/evil"]) {
      recipe("require 'local_one'\n")
    },
    HostileCase(taken: "a module whose name is put together out of sight", then: ["show evil/evil"]) {
      recipe(
        "recipe { summary = _ENV['req' .. 'uire']('hidden'), run = function() end }\n",
        more: [("recipes/hidden.lua", .text("return 1"))])
    },
    HostileCase(
      taken: "modules that are called like Lua's libraries and like primitives",
      then: ["show evil/evil", "show local_one"]
    ) {
      recipe(
        "local s = require 'string' recipe { summary = s.x, run = function() end }\n",
        more: [
          ("recipes/string.lua", .text("return { x = 'only a module' }")),
          ("recipes/step.lua", .text("return nil")), ("recipes/recipe.lua", .text("return nil")),
        ])
    },
    HostileCase(taken: "a recipe that is called like one of this computer", then: ["show local_one", "list"]) {
      with([("recipes/local_one.lua", .text("recipe { summary = 'Evil', needs = { 'run' }, run = function() end }\n"))])
    },
    HostileCase(
      taken: "a platform that is called like one of this computer, with commands of its own",
      then: ["run local_one", "show evil/good"]
    ) {
      with([
        (
          "recipes/platforms/debian.lua",
          .text(
            "platform { name = 'debian', title = 'Evil', detect = { { system = 'Linux' } }, restart = 'touch canary' }\n"
          )
        )
      ])
    },
    HostileCase(taken: "a header that acts", then: ["show evil/evil"]) {
      recipe("here:run 'touch canary'\nrecipe { summary = 'x', needs = { 'run' }, run = function() end }\n")
    },
    HostileCase(taken: "a header that spoils what all recipes share", then: ["show evil/evil", "show local_one"]) {
      recipe(
        """
        pcall(function() string.format = nil end) pcall(function() _G.recipe = nil end)
        pcall(function() getmetatable('').__index = nil end) pcall(function() rawset(string, 'x', 1) end)
        recipe { summary = ('still %s'):format('here'), run = function() end }
        """)
    },
    HostileCase(
      taken: "a recipe that acts without being asked", then: ["run evil/evil", "plan evil/evil", "run evil/evil --yes"]
    ) {
      recipe("recipe { summary = 'x', needs = { 'run' }, run = function() here:run 'touch canary' end }\n")
    },
    HostileCase(taken: "files of git's own that name programs", then: ["show evil/good"]) {
      with([
        (
          ".gitattributes",
          .text("* filter=evil diff=evil merge=evil working-tree-encoding=UTF-16 ident export-subst\n")
        ),
        (".gitmodules", .text("[submodule \"x\"]\n\tpath = x\n\turl = https://example.org/x.git\n")),
        (".gitconfig", .text("[core]\n\tfsmonitor = touch canary\n")),
        (".lfsconfig", .text("[lfs]\n\turl = https://example.org\n")),
      ])
    },
    HostileCase(taken: "a mode that no file has", then: ["show evil/evil"]) {
      with([
        ("recipes/evil.lua", .file(.init("recipe { summary = 'x', run = function() end }\n".utf8), mode: "104644"))
      ])
    },
    HostileCase(
      taken: "an author whose name draws on the terminal", then: ["plan evil/good"],
      author: "\u{1B}[2J\u{202E}Linus <x@example.org>"
    ) { with([]) },
    HostileCase(taken: "files that are executable", then: ["show evil/good"]) {
      with([
        ("recipes/run_me.lua", .file(.init("return nil".utf8), mode: "100755")),
        ("install.sh", .file(.init("touch canary".utf8), mode: "100755")),
      ])
    },
  ]
}
