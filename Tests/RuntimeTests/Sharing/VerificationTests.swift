import Foundation
import Testing

@testable import Contract
@testable import Formats
@testable import Recipes
@testable import Sharing

/// A lock file claims a commit and a signer, and any author can write a lock file.
@Suite("claims of a lock file, and verification")
struct VerificationTests {
  private static func signer(_ name: String, _ scene: SharingScene) async throws -> Signer {
    try await scene.shell("ssh-keygen -q -t ed25519 -N '' -C \(name) -f '\(scene.path(name))'")
    // As in a lock file, without the comments of keys.
    return try Signer(line: try #require(try SignerFile.read(scene.path("\(name).pub")).first).line)
  }

  /// The repository `acme`, signed with a file.
  private static func sign(_ files: [String: String], by name: String, _ scene: SharingScene) async throws {
    let contents = RepositoryContents(files: files.mapValues { Array($0.utf8) })
    try scene.write("data", ContentManifest(contents).text)
    try await scene.shell("cd '\(scene.path(""))' && ssh-keygen -q -Y sign -f \(name) -n ssh-recipes data")
    let signature = try String(contentsOfFile: scene.path("data.sig"), encoding: .utf8)
    try await scene.commit(files.merging([Signatures.file: signature]) { $1 })
  }

  private static func request(_ recipes: SharedRecipes) throws -> ConsentRequest {
    let file = try #require(recipes.file("a"))
    return ConsentRequest(recipes, name: file.name, author: nil, needs: [.files], contents: file.contents)
  }

  /// A project with a forged signer in its lock file and store, made by the project's author.
  private static func forge(_ scene: SharingScene, by signer: Signer) async throws -> Repositories.Pinned {
    try await scene.add(folders: ["project"])
    let made = scene.repositories(folders: ["project"])
    let pinned = try made.find("acme")
    var forged = pinned.repository
    (forged.signer, forged.signers) = (signer, [signer])
    try pinned.store.put(try pinned.store.load(pinned.repository), as: forged)
    try scene.write("project/repositories.lock", LockFile([forged]).text)
    return Repositories.Pinned(repository: forged, scope: pinned.scope)
  }

  @Test("a signer invented by a project is shown as unverified, and install refuses it")
  func forged() async throws {
    try await SharingScene.with { scene in
      try await scene.commit(["recipes/a.lua": SharingScene.recipe])
      let ada = try await Self.signer("ada", scene)
      let pinned = try await Self.forge(scene, by: ada)
      let victim = scene.repositories("victim", folders: ["project"])
      let request = try Self.request(try victim.load(pinned))
      #expect(request.signature == .claimed(ada))
      let project = scene.path("project")
      let doubt = ", as claimed by the lock file of \(project), unverified"
      #expect(
        ConsentText.lines(request, .first).prefix(6) == [
          "\"acme/a\" is a third-party recipe that has not run here before.",
          "  from       \(scene.path("acme")), commit \(pinned.repository.commit.prefix(12))\(doubt)",
          "  author     unknown: the commit is not here", "  signature  by \(ada.shown)\(doubt)",
          "  verify it  ssh-recipes repo install --locked --recipes \(ShellQuoting.word(project))",
          "  read it    ssh-recipes show --source acme/a",
        ])
      await #expect(throws: RepositoryProblem.signature(.missing(expected: [ada.shown]))) {
        try await scene.session("victim", folders: ["project"]).install(pinned)
      }
      var unsigned = pinned
      unsigned.repository.signers = []
      let (repository, url) = (unsigned, scene.path("acme"))
      #expect(
        await SharingScene.message { _ = try await scene.session("victim", folders: ["project"]).install(repository) }
          == "the lock file says that commit \(pinned.repository.commit) of \(url) is signed by \(ada.shown), but it is "
          + "signed by nobody")
      #expect(victim.standing(of: pinned) == .claimed(pinned.scope))
    }
  }

  @Test("a signer missing from a lock file is noticed as well")
  func leftOut() async throws {
    try await SharingScene.with { scene in
      let ada = try await Self.signer("ada", scene)
      try await Self.sign(["recipes/a.lua": SharingScene.recipe], by: "ada", scene)
      var locked = try await scene.add().recipes.repository
      #expect(locked.signer?.key.blob == ada.key.blob)
      locked.signer = nil
      try scene.write("second/.config/ssh-recipes/repositories.lock", LockFile([locked]).text)
      let pinned = try scene.repositories("second").find("acme")
      let message = await SharingScene.message { _ = try await scene.session("second").install(pinned) }
      #expect(message.hasSuffix("is signed by nobody, but it is signed by \(ada.fingerprint)"), "\(message)")
    }
  }

  @Test("a project's claims are unverified until install verifies them, and stay so without the server")
  func standing() async throws {
    try await SharingScene.with { scene in
      let ada = try await Self.signer("ada", scene)
      try await Self.sign(["recipes/a.lua": SharingScene.recipe], by: "ada", scene)
      let url = try RepositoryURL(parsing: scene.path("acme"), from: "/", home: nil)
      _ = try await scene.session(folders: ["project"]).add(
        url, name: nil, ref: .head, demand: SignatureDemand(signers: [ada]))
      let mine = scene.repositories(folders: ["project"])
      let pinned = try mine.find("acme")
      let project = scene.path("project")
      #expect(mine.standing(of: pinned) == .verified(folder: project))
      #expect(try Self.request(try mine.load(pinned)).signature == .named(ada, folder: project))
      let theirs = scene.repositories("other", folders: ["project"])
      #expect(theirs.standing(of: pinned) == .claimed(pinned.scope))
      try FileManager.default.moveItem(atPath: scene.path("acme"), toPath: scene.path("away"))
      let offline = try await scene.session("other", folders: ["project"]).install(pinned)
      #expect(offline == .unverified(why: "there is no folder \"\(scene.path("acme"))\""))
      #expect(theirs.standing(of: pinned) == .claimed(pinned.scope))
      try FileManager.default.moveItem(atPath: scene.path("away"), toPath: scene.path("acme"))
      #expect(try await scene.session("other", folders: ["project"]).install(pinned) == .verified)
      #expect(theirs.standing(of: pinned) == .verified(folder: project))
      #expect(try await scene.session("other", folders: ["project"]).install(pinned) == .wasThere)
    }
  }

  @Test("the user's own lock file counts as verified, with the signers that the user named")
  func own() async throws {
    try await SharingScene.with { scene in
      let ada = try await Self.signer("ada", scene)
      try await Self.sign(["recipes/a.lua": SharingScene.recipe], by: "ada", scene)
      let url = try RepositoryURL(parsing: scene.path("acme"), from: "/", home: nil)
      let added = try await scene.session().add(
        url, name: nil, ref: .head, demand: SignatureDemand(signers: [ada]))
      #expect(added.recipes.standing == .own)
      #expect(try Self.request(added.recipes).signature == .known(ada))
      try FileManager.default.removeItem(atPath: scene.path("home/.local/state"))
      let pinned = try scene.repositories().find("acme")
      #expect(try scene.repositories().load(pinned).standing == .claimed(pinned.scope))
    }
  }

  @Test("every changed byte of a stored signature is noticed, as is a missing or new one; install restores it")
  func signature() async throws {
    try await SharingScene.with { scene in
      _ = try await Self.signer("ada", scene)
      try await Self.sign(["recipes/a.lua": SharingScene.recipe], by: "ada", scene)
      let recipes = try await scene.add().recipes
      let url = URL(fileURLWithPath: "\(recipes.path)/\(Signatures.file)")
      let words =
        "the signature of the repository \"acme\" has changed on this computer since it was checked: \(url.path)"
      let before = try Data(contentsOf: url)
      for index in before.indices {
        var changed = before
        changed[index] ^= 0x20
        try changed.write(to: url)
        #expect(await SharingScene.message { _ = try scene.load() } == words)
      }
      try FileManager.default.removeItem(at: url)
      #expect(await SharingScene.message { _ = try scene.load() } == words)
      #expect(try await scene.session().install(try scene.repositories().find("acme")) == .fromCache)
      #expect(try scene.load() == recipes.contents)
    }
  }

  @Test("two commits with the same content share its files, and the signature of either is accepted")
  func shared() async throws {
    try await SharingScene.with { scene in
      for name in ["ada", "bob"] { _ = try await Self.signer(name, scene) }
      let files = ["recipes/a.lua": SharingScene.recipe]
      try await Self.sign(files, by: "ada", scene)
      let first = try await scene.add().recipes.repository
      try await scene.shell("rm '\(scene.path("data.sig"))'")
      try await Self.sign(files, by: "bob", scene)
      try await scene.take(try await scene.update())
      #expect(try scene.load().texts == files)
      #expect(try await scene.session().undoUpdate(try scene.repositories().find("acme")) == first)
      #expect(try scene.load().texts == files)
    }
  }
}
