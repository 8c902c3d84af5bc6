import Foundation
import Testing

@testable import Contract
@testable import Lua
@testable import Recipes
@testable import Values

@Suite("reading a recipe without running it")
struct RecipeReaderTests {
  func file(_ text: String, path: String = "/nowhere/mine.lua") -> RecipeFile {
    RecipeFile(name: "mine", path: path, bytes: Array(text.utf8), origin: .path)
  }

  func read(_ text: String, path: String = "/nowhere/mine.lua") async throws -> LoadedRecipe {
    let machine = try LuaMachine(name: "test")
    defer { Task { await machine.close() } }
    return try await RecipeReader.read(file(text, path: path), in: machine)
  }

  func problem(_ text: String) async throws -> String? {
    do {
      _ = try await read(text)
      return nil
    } catch let error as RecipeError { return error.description }
  }

  /// The fields of a valid recipe, plus the fields of a test.
  func recipe(_ fields: String) -> String { "recipe {\n  summary = \"s\",\n  run = function() end,\n  \(fields)\n}" }

  @Test("every declared field arrives")
  func whole() async throws {
    let machine = try LuaMachine(name: "test")
    let text = """
      recipe {
        summary = "Pair boxes",
        guide = "A guide",
        hosts = { { "from", "Logs in" }, { "to", "Are logged in to", many = true } },
        params = {
          { "key_type", "The kind", one_of = { "ed25519", "rsa" }, default = "ed25519" },
          { "both_ways", "Both", default = false },
          { "port", "The port", default = 22 },
          { "count", "How many", type = "integer" },
          { "user", "Who" },
        },
        needs = { "keys", "files" },
        run = function(hosts, params) return params.port + 1 end,
      }
      """
    let loaded = try await RecipeReader.read(file(text), in: machine)
    #expect(
      loaded.header
        == RecipeHeader(
          name: "mine", summary: "Pair boxes", guide: "A guide",
          roles: [RecipeRole("from", "Logs in"), RecipeRole("to", "Are logged in to", isMany: true)],
          parameters: [
            RecipeParameter("key_type", "The kind", choices: ["ed25519", "rsa"], default: .string("ed25519")),
            RecipeParameter("both_ways", "Both", default: .boolean(false)),
            RecipeParameter("port", "The port", default: .integer(22)),
            RecipeParameter("count", "How many", kind: .integer),
            RecipeParameter("user", "Who"),
          ],
          needs: [.keys, .files]))
    #expect(loaded.header.usage == "ssh-recipes run mine FROM TO… --set count=… --set user=…")
    let settings = try RecipeSettings(["count=1", "user=u"], for: loaded.header.parameters)
    let params = LuaValue.table(LuaTable(fields: settings.luaFields))
    #expect(try await machine.call(loaded.run, [.nil, params]) == [.integer(23)])
    await machine.close()
  }

  @Test("a recipe may have no hosts, parameters and permissions")
  func least() async throws {
    #expect(try await read(recipe("")).header == RecipeHeader(name: "mine", summary: "s"))
  }

  @Test("the top level may require modules of the recipe's folder")
  func modules() async throws {
    let folder = NSTemporaryDirectory() + "recipe-reader-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data(#"return { summary = "from a module" }"#.utf8).write(to: URL(fileURLWithPath: folder + "/words.lua"))
    let text = #"recipe { summary = require("words").summary, run = function() end }"#
    #expect(try await read(text, path: folder + "/mine.lua").header.summary == "from a module")
  }

  @Test(
    "a wrong declaration is reported with its line and the nearest correct word",
    arguments: [
      ("hots = {}", #"the recipe has no field "hots"; did you mean "hosts"?"#),
      ("xyzzy = 1", #"the recipe has no field "xyzzy"; the fields are summary, guide, hosts, params, needs, run"#),
      ("guide = 1", #""guide" of the recipe: expected string, got 1"#),
      ("\"stray\"", "the recipe has a value without a name, \"stray\"; expected field = value"),
      ("hosts = \"pi\"", #""hosts" of the recipe: expected a list, got "pi""#),
      ("hosts = { \"pi\" }", #"hosts[1]: expected a table, got "pi""#),
      ("hosts = { pi = {} }", #""hosts" of the recipe: expected a list, got a table with the field "pi""#),
      ("hosts = { { } }", #"hosts[1] needs "name": the name of the host in the recipe"#),
      ("hosts = { { \"pi\" } }", #"hosts[1] needs "help": the host's purpose, shown to the user"#),
      (
        "hosts = { { \"pi\", 1 } }",
        #""help" of hosts[1]: expected a string, the host's purpose, shown to the user, got 1"#
      ),
      ("hosts = { { \"here\", \"h\" } }", #"hosts[1]: "here" is already declared"#),
      (
        "hosts = { { \"end\", \"h\" } }",
        #"hosts[1]: "end" is not a valid name; expected a lower-case letter, then lower-case letters, digits and "#
          + #""_", and no keyword of Lua"#
      ),
      ("hosts = { { \"a\", \"h\", manny = true } }", #"hosts[1] has no field "manny"; did you mean "many"?"#),
      ("hosts = { { \"a\", \"h\", many = 1 } }", #""many" of hosts[1]: expected true or false, got 1"#),
      (
        "hosts = { { \"a\", \"h\", many = true }, { \"b\", \"h\" } }",
        #"the role "a" takes all remaining hosts, so it must be the last role"#
      ),
      (
        "params = { { \"p\" } }",
        #"params[1] needs "help": the parameter's purpose, shown by "show" and in prompts"#
      ),
      ("params = { { \"p\", \"h\" }, { \"p\", \"h\" } }", #"params[2]: "p" is already declared"#),
      (
        "params = { { \"p\", \"h\", one_of = { \"a\", \"b\" }, default = \"c\" } }",
        #"the default of the parameter "p" is not one of its values: expected "a" or "b", got "c""#
      ),
      (
        "params = { { \"p\", \"h\", type = \"integer\", default = true } }",
        #"the default of the parameter "p": expected an integer, got a boolean"#
      ),
      (
        "params = { { \"p\", \"h\", type = \"number\" } }",
        #""type" of params[1]: expected "boolean", "integer" or "string", got "number""#
      ),
      (
        "params = { { \"p\", \"h\", default = {} } }",
        #""default" of the parameter "p": expected true or false, an integer or a string, got a list"#
      ),
      ("params = { { \"p\", \"h\", one_of = { 1 } } }", #""one_of[1]" of params[1]: expected string, got 1"#),
      (
        "needs = { \"key\" }",
        #"there is no permission "key"; did you mean "keys"? (the permissions are "#
          + "keys, files, ssh, logs, agent, run, root)"
      ),
      ("needs = \"keys\"", #""needs" of the recipe: expected list, each a string, got "keys""#),
    ])
  func declarations(field: String, message: String) async throws {
    #expect(try await problem(recipe(field)) == "mine.lua:1: " + message)
  }

  @Test("a recipe without a summary or without run is refused with the missing field")
  func missing() async throws {
    #expect(
      try await problem("recipe { run = function() end }")
        == #"mine.lua:1: the recipe needs "summary": the recipe's purpose in one line"#)
    #expect(
      try await problem("\nrecipe { summary = 's' }")
        == #"mine.lua:2: the recipe needs "run": function(hosts, params) … end with the recipe's steps"#)
    #expect(
      try await problem("recipe { summary = 's', run = 'x' }")
        == #"mine.lua:1: "run" of the recipe: expected function(hosts, params) … end, got "x""#)
    #expect(try await problem("recipe 'x'") == #"mine.lua:1: the recipe: expected a table, got "x""#)
  }

  @Test("a file declares one recipe, once")
  func once() async throws {
    #expect(try await problem("local x = 1") == "mine.lua: the file never calls recipe { … }, so it is not a recipe")
    #expect(
      try await problem(recipe("") + "\n" + recipe(""))
        == "mine.lua:6: the file calls recipe { … } a second time; a file contains one recipe")
  }

  @Test("pcall does not excuse a wrong declaration")
  func swallowed() async throws {
    #expect(
      try await problem("pcall(recipe, { sumary = 's' })")
        == #"mine.lua:1: the recipe has no field "sumary"; did you mean "summary"?"#)
  }

  @Test("an error of Lua is shown in Lua's form")
  func lua() async throws {
    #expect(
      try await problem("recipe {\n  summary = \"s\",\n  run = function( end,\n}")
        == "mine.lua:3: <name> or '...' expected near 'end'")
    #expect(
      try await problem("recipe { summary = nothing.at_all }")
        == "mine.lua:1: attempt to index a nil value (global 'nothing')")
  }
}
