import Foundation
import Testing

@testable import Contract
@testable import Primitives
@testable import Recipes
@testable import Values

@Suite struct PluginDeclarationTests {
  /// The folder of the bundled primitives.
  private static let bundled = #filePath.components(separatedBy: "/Tests/")[0] + "/recipes/primitives"

  private static func problem(_ name: String, _ text: String) async throws -> String {
    let layer = PrimitiveLayer(files: [name + ".lua": Array(text.utf8)], repository: "acme")
    let error = await #expect(throws: PrimitiveError.self) {
      try await PrimitiveLibrary.load([PrimitiveLayer(folder: bundled, .bundled), layer], besides: .builtIn)
    }
    return try #require(error).description
  }

  @Test func `a copy of a bundled primitive, as in a checkout, is that primitive`() async throws {
    let copy = Array(try Data(contentsOf: URL(filePath: Self.bundled + "/service.lua")))
    let layer = PrimitiveLayer(files: ["service.lua": copy], repository: "acme")
    let library = try await PrimitiveLibrary.load(
      [PrimitiveLayer(folder: Self.bundled, .bundled), layer], besides: .builtIn)
    #expect(library.entries["service"]?.file.origin == .bundled)
  }

  private static func declaration(_ fields: String) -> String {
    "primitive { summary = 'Is odd.', example = 'x', \(fields) body = function() end }"
  }

  static let mistakes: [(name: String, text: String, message: String)] = [
    (
      "chmod", declaration(""),
      "acme/primitives/chmod.lua: \"chmod\" is a built-in primitive already; name the file and the primitive otherwise"
    ),
    (
      "service", declaration(""),
      "acme/primitives/service.lua: \"service\" is a bundled primitive already; name the file and the primitive otherwise"
    ),
    (
      "user", declaration(""),
      "acme/primitives/user.lua: \"user\" is a field of hosts already; name the file and the primitive otherwise"
    ),
    ("odd", "x = 1", "acme/primitives/odd.lua:1: 'x' is no variable here; write 'local x = …' first"),
    ("odd", "local x", "acme/primitives/odd.lua: the file never calls primitive { … }, so it declares no primitive"),
    (
      "odd", declaration("") + declaration(""),
      "acme/primitives/odd.lua:1: the file calls primitive { … } a second time; a file declares one primitive"
    ),
    (
      "odd", declaration("need = {},"),
      "acme/primitives/odd.lua:1: the primitive \"odd\" has no field \"need\"; did you mean \"needs\"?"
    ),
    (
      "odd", declaration("name = 'even',"),
      "acme/primitives/odd.lua:1: \"name\" of the primitive \"odd\": expected the file's name, \"odd\", got \"even\""
    ),
    (
      "odd", declaration("params = { { 'a', 'b', type = 'pth' } },"),
      "acme/primitives/odd.lua:1: \"type\" of the argument \"a\": expected one of string, boolean, integer, path, mode, port, seconds, owner, key, host, bytes, secret, table, any, with [] for a list, got \"pth\"; did you mean \"path\"?"
    ),
    (
      "odd", declaration("params = { { 'a', 'b', type = 'port', default = 0 } },"),
      "acme/primitives/odd.lua:1: \"default\" of the argument \"a\": expected port number from 1 to 65535, got 0"
    ),
    ("odd", "while true do end", "acme/primitives/odd.lua:1: the file used up its instructions"),
    ("odd", "coroutine.yield(1)", "acme/primitives/odd.lua:1: attempt to yield from outside a coroutine"),
    ("odd", "\u{1B}Lua", "acme/primitives/odd.lua: attempt to load a binary chunk (mode is 't')"),
    (
      "odd", "primitive { summary = ('long '):rep(1000000), example = 'x', body = function() end }",
      "acme/primitives/odd.lua:1: \"summary\" of the primitive \"odd\": expected one line of at most 300 characters, got 5000000 characters"
    ),
    (
      "odd", declaration("results = { { 'changed', 'boolean', 'Lies.' } },"),
      "acme/primitives/odd.lua:1: \"name\" of results[1]: expected a field of the primitive's own, got \"changed\", set by each run"
    ),
    (
      "odd", declaration("params = { { 'a', 'X.', one_of = {} } },"),
      "acme/primitives/odd.lua:1: \"one_of\" of the argument \"a\": expected at least one value, got none"
    ),
    (
      "odd", declaration("params = { { 'a\\nb', 'X.' } },"),
      "acme/primitives/odd.lua:1: params[1]: \"a\nb\" is not a valid name; expected a lower-case letter, then lower-case letters, digits and \"_\", and no keyword of Lua"
    ),
    (
      "odd", declaration("params = { { 'a', 'X.' }, { 'A', 'X.' } },"),
      "acme/primitives/odd.lua:1: params[2]: \"A\" is not a valid name; expected a lower-case letter, then lower-case letters, digits and \"_\", and no keyword of Lua"
    ),
    (
      "odd", declaration("params = { { 'a', 'X.' }, { 'a', 'X.' } },"),
      "acme/primitives/odd.lua:1: params[2]: \"a\" is already declared"
    ),
    (
      "odd", "local t = {} t[1] = t primitive { params = t }",
      "acme/primitives/odd.lua:1: bad argument #1 to 'primitive' (value at `params[1]` contains itself)"
    ),
    (
      "odd", "primitive(setmetatable({}, { __index = function() return 'x' end }))",
      "acme/primitives/odd.lua:1: the primitive \"odd\" needs \"summary\": the primitive's purpose, in one sentence with a full stop"
    ),
    ("odd", "here:write('/x', 'y')", "acme/primitives/odd.lua:1: attempt to index a nil value (global 'here')"),
    (
      "odd", "require 'primitives.odd'",
      "acme/primitives/odd.lua:1: modules require each other: primitives.odd -> primitives.odd"
    ),
    ("odd", "unchanged 'x'", "acme/primitives/odd.lua:1: 'unchanged' can only be used in the body of a primitive"),
  ]

  @Test(arguments: mistakes.indices) func `a wrong declaration ends with one clear message`(index: Int) async throws {
    let mistake = Self.mistakes[index]
    #expect(try await Self.problem(mistake.name, mistake.text) == mistake.message)
  }

  @Test func `a huge declaration ends with one clear message`() async throws {
    let text =
      "local t = {} for i = 1, 40000 do t[i] = { 'x' .. i, 'X.' } end primitive { summary = 'Is odd.', params = t }"
    let problem = try await Self.problem("odd", text)
    #expect(
      problem.hasPrefix("acme/primitives/odd.lua:1: bad argument #1 to 'primitive' (value at `params["), "\(problem)")
    #expect(problem.hasSuffix("` is one of too many (limit is 100000 values))"), "\(problem)")
  }

  @Test func `all bundled primitives are in the program, and in the reference's order`() async throws {
    let folder = Self.bundled
    let files = try #require(FileManager.default.subpaths(atPath: folder)).filter { $0.hasSuffix(".lua") }
    for file in files {
      let bytes = BuiltInRecipes.files["primitives/" + file]
      #expect(
        bytes == Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/" + file))), "add \(file) to BuiltInRecipes"
      )
    }
    let library = try await PrimitiveLibrary.load([PrimitiveLayer(folder: folder, .bundled)], besides: .builtIn)
    #expect(
      library.primitives.map(\.name) == files.filter { !$0.contains("/") }.map { String($0.dropLast(4)) }.sorted())
    for primitive in library.primitives {
      #expect(primitive.summary.hasSuffix("."), "\(primitive.name)")
      for parameter in primitive.parameters {
        #expect(parameter.help.hasSuffix("."), "\(primitive.name) \(parameter.name)")
      }
      for result in primitive.results { #expect(result.help.hasSuffix("."), "\(primitive.name) \(result.name)") }
    }
  }
}
