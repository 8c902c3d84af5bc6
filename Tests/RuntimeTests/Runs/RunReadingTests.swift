import Foundation
import Testing

@testable import Contract
@testable import Diagnosis
@testable import Lua
@testable import Recipes
@testable import Runs

/// A recipe is read when it is shown and agreed to, and again when it runs.
@Suite struct RunReadingTests {
  private static func refusal(_ fields: String) -> Failure {
    var failure = Failure(
      .recipe, "the recipe declares different \(fields) when run than when read",
      explanation: "only what it said when it was read first was shown and agreed to, so nothing was sent",
      fix: ["declare the same every time, whatever `here`, chance or an earlier reading say"])
    failure.position = "mine.lua"
    return failure
  }

  private static let twoFaced =
    #"recipe { summary = "x", needs = here and { "run", "root" } or {}, run = function() here:run("true") end }"#

  @Test(arguments: [false, true])
  func `a recipe that asks for more when it runs does nothing, in a plan neither`(isPlan: Bool) async throws {
    #expect(try await RecipeReader.header(of: RunStage.file(Self.twoFaced)).needs == [])
    let played = try await RunStage(isPlan: isPlan).play(Self.twoFaced)
    #expect(played.failures == [Self.refusal("needs")])
    #expect(played.sent == [])
  }

  @Test(
    arguments: [
      ("summary = here and 'a' or 'b'", "summary"), ("summary = 'a', guide = here and 'a' or 'b'", "guide"),
      ("summary = 'a', hosts = { { 'pi', here and 'a' or 'b' } }", "hosts"),
      ("summary = 'a', hosts = { { 'pi', 'h', many = here ~= nil } }", "hosts"),
      ("summary = 'a', params = { { 'p', 'h', default = here and 'a' or 'b' } }", "params"),
      ("summary = 'a', params = { { 'p', 'h', default = '1' }, here and { 'q', 'h', default = '1' } }", "params"),
      ("summary = here and 'a' or 'b', needs = { here and 'run' or 'keys' }", "summary and needs"),
    ])
  func `every field has to be as it was`(fields: String, named: String) async throws {
    let targets = fields.contains("hosts") ? ["pi"] : []
    let played = try await RunStage().play("recipe { \(fields), run = function() end }", on: targets)
    var refusal = Self.refusal(named)
    refusal.host = targets.first
    #expect(played.failures == [refusal])
    #expect(played.sent == [])
  }

  @Test func `the order of settings is no difference`() async throws {
    let played = try await RunStage().play(
      """
      local p, q = { "p", "h", default = 1 }, { "q", "h", default = 2 }
      recipe {
        summary = "x", params = here and { q, p } or { p, q },
        run = function(_, params) note("q is " .. params.q) end,
      }
      """)
    #expect(played.failures == [])
    #expect(played.lines == ["note q is 2"])
  }

  @Test func `on each of several hosts the dice are thrown anew, and none gets what was not agreed to`() async throws {
    let hosts = (1...24).map { "host\($0)" }
    let played = try await RunStage().play(
      #"""
      recipe {
        summary = "x", hosts = { { "pi", "A host" } },
        needs = ({ {}, { "run" } })[math.random(2)],
        run = function(hosts) hosts.pi:run("true") end,
      }
      """#, on: hosts, agreed: RecipeHeader(name: "mine", summary: "x", roles: [RecipeRole("pi", "A host")]))
    #expect(played.sent == [])
    #expect(played.failures.count == hosts.count)
    #expect(
      Set(played.failures.map(\.message)).isSubset(of: [
        Self.refusal("needs").message, "'run' needs the permission \"run\", which the recipe does not ask for",
      ]))
  }

  @Test func `what was agreed to is what a run is held to`() async throws {
    let source = #"recipe { summary = "x", needs = { "run" }, run = function() note "ran" end }"#
    var header = try await RecipeReader.header(of: RunStage.file(source))
    #expect(try await RunStage().play(source, agreed: header).lines == ["note ran"])
    for needs: Set<Permission> in [[], [.keys], [.run, .root]] {
      header.needs = needs
      let played = try await RunStage().play(source, agreed: header)
      #expect(played.failures == [Self.refusal("needs")])
      #expect(played.lines == [])
    }
  }

  @Test func `no word that only a run has lets a recipe ask for more there`() async throws {
    let bare = try LuaMachine(name: "bare")
    let run = try RunStage().run(RunStage.file(""), RunStage.Silent())
    await Bindings(run: run).define(in: run.machine)
    let words = Set(await run.machine.globalNames).subtracting(await bare.globalNames)
    await bare.close()
    await run.close(as: .done)
    #expect(words.isSuperset(of: ["here", "print", "note", "secret", "parallel"]))
    for word in words {
      let played = try await RunStage().play(
        "recipe { summary = 'x', needs = \(word) and { 'run' } or {}, run = function() here:run('true') end }")
      #expect(played.failures == [Self.refusal("needs")], "\(word)")
      #expect(played.sent == [])
    }
  }

  @Test func `every recipe that comes with the program reads the same in a run`() async throws {
    let folder = #filePath.components(separatedBy: "/Tests/")[0] + "/recipes"
    let files = try RecipeFinder(places: RecipePlaces(recipes: [.init(folder, .bundled)], platforms: [])).list()
    #expect(files.count > 1)
    for file in files {
      let header = try await RecipeReader.header(of: file)
      let run = try RunStage().run(file, RunStage.Silent())
      #expect(try await run.load(asReadBefore: header).header == header)
      await run.close(as: .done)
    }
  }

  @Test func `an error that only a run meets at the top of a recipe is told with its line`() async throws {
    let played = try await RunStage().play(
      "recipe { summary = 'x', run = function() end }\nif here then error('only here') end")
    #expect(played.failures.map(\.position) == ["mine.lua:2"])
    #expect(played.failures.map(\.kind) == [.recipe])
    #expect(played.failures.map(\.message) == ["only here"])
  }
}
