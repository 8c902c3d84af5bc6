import Foundation
import Testing

@testable import Recipes
@testable import Sharing

/// Each possible change has its own message, and none of the files is loaded.
@Suite("changes on this computer are noticed")
struct TamperingTests {
  private static func with(_ body: @Sendable (SharingScene, SharedRecipes) async throws -> Void) async throws {
    try await SharingScene.with { scene in
      try await scene.commit(["recipes/a.lua": SharingScene.recipe, "recipes/lib/x.lua": "return 1\n"], tag: "v1")
      try await body(scene, try await scene.add(ref: "v1").recipes)
    }
  }

  private static func message(_ scene: SharingScene) async -> String {
    await SharingScene.message { _ = try scene.load() }
  }

  @Test("every byte of every file")
  func everyByte() async throws {
    try await Self.with { scene, recipes in
      for name in ["recipes/a.lua", "recipes/lib/x.lua"] {
        let url = URL(fileURLWithPath: "\(recipes.path)/\(name)")
        let before = try Data(contentsOf: url)
        for index in before.indices {
          var changed = before
          changed[index] ^= 0x20
          try changed.write(to: url)
          let said = await Self.message(scene)
          #expect(
            said.hasPrefix("the repository \"acme\" was changed on this computer: the files in \(recipes.path) hash to")
          )
        }
        try before.write(to: url)
      }
      #expect(try scene.load() == recipes.contents)
    }
  }

  @Test(
    "a file that is new, missing, renamed, a link or a pipe",
    arguments: [
      ("echo 'return 2' > lib/y.lua", "hash to"), ("rm lib/x.lua", "hash to"), ("mv lib/x.lua lib/y.lua", "hash to"),
      ("mv lib/x.lua x.lua", "hash to"), ("mv lib/x.lua OUT/ && ln -s OUT/x.lua lib/x.lua", "not a regular file"),
      ("rm a.lua; mkfifo a.lua", "not a regular file"), ("rm -r lib; ln -s /tmp lib", "not a regular file"),
    ])
  func files(script: String, words: String) async throws {
    try await Self.with { scene, recipes in
      try await scene.shell("cd '\(recipes.path)/recipes' && \(script.replacing("OUT", with: scene.path("")))")
      let said = await Self.message(scene)
      #expect(said.hasPrefix("the repository \"acme\" was changed on this computer: "), "\(said)")
      #expect(said.contains(words), "\(said)")
    }
  }

  @Test("the lock file: another commit, URL, ref or content, and a missing record")
  func lock() async throws {
    try await Self.with { scene, recipes in
      let (lock, old) = (try scene.lock, recipes.repository)
      let other = String(repeating: "ab", count: 20)
      let hash = "sha256:" + String(repeating: "cd", count: 32)
      let cases = [
        (
          old.commit, other,
          "the lock file pins commit \(other) of the repository \"acme\", but its files come from commit \(old.commit)"
        ),
        (
          old.url, old.url + "x",
          "the lock file says that the repository \"acme\" comes from \(old.url)x, but its files were fetched from "
            + old.url
        ),
        (
          "v1\n", "v2\n",
          "the lock file says that the repository \"acme\" follows refs/tags/v2, but it was added with refs/tags/v1"
        ),
        (
          old.contentHash, hash,
          "the lock file pins content of the repository \"acme\" that is not on this computer: \(hash)"
        ),
        (
          "repository acme", "repository acne",
          "the repository \"acne\" is in the lock file, but not on this computer yet"
        ),
      ]
      for (part, instead, message) in cases {
        try scene.setLock(lock.replacing(part, with: instead))
        let name = instead.hasSuffix("acne") ? "acne" : "acme"
        #expect(await SharingScene.message { _ = try scene.load(name) } == message)
      }
      try scene.setLock(lock)
      try await scene.shell("cd '\(recipes.path)/..' && for f in *.lock; do echo garbage >$f; done")
      #expect(await Self.message(scene) == "the record of the fetch of the repository \"acme\" is missing or damaged")
    }
  }

  @Test("install restores changed files, and refuses a lock file whose commit has other content")
  func install() async throws {
    try await Self.with { scene, recipes in
      let other = try await scene.commit(["recipes/a.lua": SharingScene.recipe("Other", needs: "\"root\"")], tag: "v2")
      try scene.write(
        "home/.local/share/ssh-recipes/repositories/acme/\(recipes.repository.contentHash.dropFirst(7))/recipes/a.lua",
        "evil")
      let pinned = try scene.repositories().find("acme")
      #expect(try await scene.session().install(pinned) == .fromCache)
      #expect(try scene.load() == recipes.contents)
      let lock = try scene.lock
      try scene.setLock(lock.replacing(recipes.repository.commit, with: other))
      let found = RepositoryContents(files: [
        "recipes/a.lua": Array(SharingScene.recipe("Other", needs: "\"root\"").utf8)
      ]).contentHash
      let message = await SharingScene.message {
        _ = try await scene.session().install(try scene.repositories().find("acme"))
      }
      #expect(
        message == "commit \(other) of \(scene.path("acme")) has the content \(found), but the lock file pins "
          + "\(recipes.repository.contentHash) for it: one of the two has been changed")
    }
  }

  @Test("an update does not start from changed files")
  func update() async throws {
    try await Self.with { scene, recipes in
      try scene.write(
        "home/.local/share/ssh-recipes/repositories/acme/\(recipes.repository.contentHash.dropFirst(7))/recipes/a.lua",
        "evil")
      await #expect(throws: AlteredRepository.self) { try await scene.update() }
    }
  }

  @Test("exactly the checked bytes are loaded: a change in between comes too late")
  func late() async throws {
    try await SharingScene.with { scene in
      let recipe = "local x = require \"lib.x\"\nrecipe { summary = x, run = function() end }\n"
      try await scene.commit(["recipes/a.lua": recipe, "recipes/lib/x.lua": "return \"good\"\n"])
      try await scene.add()
      let lookup = RecipeLookup(
        finder: RecipeFinder(places: RecipePlaces(recipes: [], platforms: [])), repositories: scene.repositories())
      let found = try await lookup.find("acme/a")
      let path = try #require(found.shared?.path)
      try "return \"evil\"\n".write(toFile: "\(path)/recipes/lib/x.lua", atomically: false, encoding: .utf8)
      #expect(try await RecipeReader.header(of: found.file).summary == "good")
    }
  }
}
