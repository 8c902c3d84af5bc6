import Foundation
import Testing

@testable import Hosts
@testable import Recipes
@testable import Sharing

@Suite("finding recipes of repositories")
struct RecipeLookupTests {
  private static func lookup(_ scene: SharingScene) throws -> RecipeLookup {
    for place in ["own", "bundled"] {
      try scene.write("\(place)/\(place)_only.lua", SharingScene.recipe)
      try scene.write("\(place)/both.lua", SharingScene.recipe)
    }
    let places = RecipePlaces(
      recipes: [.init(scene.path("own"), .user), .init(scene.path("bundled"), .bundled)], platforms: [])
    return RecipeLookup(finder: RecipeFinder(places: places), repositories: scene.repositories())
  }

  @Test("by full name, by plain name in a single place, and with all places if several have it")
  func find() async throws {
    try await SharingScene.with { scene in
      try await scene.commit([
        "recipes/shared.lua": SharingScene.recipe, "recipes/twice.lua": SharingScene.recipe,
        "recipes/bundled_only.lua": SharingScene.recipe, "recipes/x_test.lua": "return 1",
      ])
      try await scene.commit(
        ["recipes/twice.lua": SharingScene.recipe, "recipes/own_only.lua": SharingScene.recipe], to: "zoo")
      try await scene.add()
      try await scene.add("zoo")
      let lookup = try Self.lookup(scene)
      func place(_ name: String) async -> String {
        do {
          let found = try await lookup.find(name)
          return "\(found.file.name) \(found.file.origin) \(found.shared?.repository.name ?? "-")"
        } catch { return "\(error)" }
      }
      #expect(await place("acme/shared") == "acme/shared shared(repository: \"acme\") acme")
      #expect(await place("shared") == "acme/shared shared(repository: \"acme\") acme")
      #expect(await place("both") == "both user -")
      #expect(await place("bundled/both") == "both bundled -")
      #expect(await place("own/both") == "both user -")
      #expect(
        await place("twice") == "there are 2 recipes \"twice\"; choose one by its full name: acme/twice, zoo/twice")
      #expect(
        await place("bundled_only")
          == "there are 2 recipes \"bundled_only\"; choose one by its full name: bundled/bundled_only, acme/bundled_only"
      )
      #expect(
        await place("own_only")
          == "there are 2 recipes \"own_only\"; choose one by its full name: own/own_only, zoo/own_only")
      #expect(await place("acme/shraed") == "there is no recipe \"acme/shraed\"; did you mean \"acme/shared\"?")
      #expect(await place("acne/shared") == "there is no repository \"acne\"; did you mean \"acme\"?")
      #expect(await place("sharde").hasPrefix("there is no recipe \"sharde\"; did you mean \"shared\"?"))
      #expect(await place("./nowhere/x") == "there is no file \"./nowhere/x\"")
    }
  }

  @Test("a module is not a second recipe; if there are only modules, the error explains the mistake")
  func modulesOfTheName() async throws {
    try await SharingScene.with { scene in
      try await scene.commit([
        "recipes/both.lua": "return {}\n", "recipes/fix.lua": SharingScene.recipe, "recipes/lib.lua": "return {}\n",
      ])
      try await scene.commit(
        ["recipes/fix.lua": "return {}\n", "recipes/lib.lua": "return {}\n"], to: "zoo")
      try await scene.add()
      try await scene.add("zoo")
      let lookup = try Self.lookup(scene)
      try scene.write("own/fix.lua", "return {}\n")
      #expect(try await lookup.find("both").file.origin == .user)
      #expect(try await lookup.find("fix").file.name == "acme/fix")
      #expect(try await lookup.find("lib").file.name == "acme/lib")
    }
  }

  @Test("no repository can load modules of another, or of the user")
  func modules() async throws {
    try await SharingScene.with { scene in
      let recipe = "recipe { summary = require(\"lib\"), run = function() end }\n"
      try await scene.commit(["recipes/a.lua": recipe])
      try await scene.commit(["recipes/lib.lua": "return \"zoo\"\n", "recipes/b.lua": recipe], to: "zoo")
      try await scene.add()
      try await scene.add("zoo")
      try scene.write("own/lib.lua", "return \"own\"\n")
      let lookup = try Self.lookup(scene)
      #expect(try await RecipeReader.header(of: await lookup.find("zoo/b").file).summary == "zoo")
      await #expect(throws: RecipeError.self) { try await RecipeReader.header(of: await lookup.find("acme/a").file) }
      let said = await SharingScene.message { _ = try await RecipeReader.header(of: await lookup.find("acme/a").file) }
      #expect(said.contains("module 'lib' not found (looked for acme/lib.lua)"), "\(said)")
    }
  }

  @Test("platforms apply to recipes of their repository, after bundled platforms and before the user's own")
  func platforms() async throws {
    try await SharingScene.with { scene in
      func platform(_ name: String, _ title: String) -> String {
        "platform { name = \"\(name)\", title = \"\(title)\", detect = { { os = \"\(name)\" } } }\n"
      }
      try scene.write("data/recipes/platforms/x.lua", platform("one", "bundled") + platform("two", "bundled"))
      try scene.write("home/.config/ssh-recipes/platforms/x.lua", platform("two", "own"))
      try await scene.commit([
        "recipes/a.lua": SharingScene.recipe,
        "recipes/platforms/x.lua": platform("one", "shared") + platform("two", "shared") + platform("three", "shared"),
      ])
      let shared = try await scene.add().recipes.platforms
      let places = RecipePlaces(
        environment: ["HOME": scene.path("home"), "SSH_RECIPES_DATA": scene.path("data")], executable: nil)
      func titles(_ layers: [PlatformLayer]) async throws -> [String: String] {
        Dictionary(uniqueKeysWithValues: try await PlatformLibrary.load(layers).map { ($0.name, $0.title) })
      }
      #expect(
        try await titles(places.platformLayers(with: shared)) == ["one": "shared", "two": "own", "three": "shared"])
      #expect(try await titles(places.platformLayers(with: [])) == ["one": "bundled", "two": "own"])
    }
  }
}
