import Foundation
import Testing

@testable import Sharing

@Suite("repositories with tags signed by git")
struct SignedTagTests {
  /// A repository `acme`, keys, and a computer that adds and updates it.
  private struct Stage {
    let signing: SigningScene
    var sharing: SharingScene { SharingScene(scene: signing.scene) }

    static func with(_ body: @Sendable (Stage) async throws -> Void) async throws {
      try await SigningScene.with { try await body(Stage(signing: $0)) }
    }

    /// - Parameters:
    ///   - key: `nil` for an unsigned tag.
    ///   - commit: whether the tagged commit is new.
    func tag(_ name: String, by key: String?, at object: String = "HEAD", isNew: Bool = true) async throws {
      if isNew { try await sharing.commit(["recipes/a.lua": SharingScene.recipe("Say \(name)", needs: "")]) }
      let path = signing.scene.path(key ?? "nobody")
      try await sharing.git(
        "-C", "acme", "-c", "gpg.format=ssh", "-c", "user.signingkey=\(path)", "tag", key == nil ? "-a" : "-s", "-m",
        "Tag", name, object)
    }

    /// - Returns: the signer, or the error.
    func add(_ ref: String, _ demand: SignatureDemand = .init(), name: String = "acme") async throws -> String {
      let url = try RepositoryURL(parsing: sharing.path("acme"), from: "/", home: nil)
      let session = try await sharing.session()
      do {
        let added = try await session.add(url, name: name, ref: RepositoryRef(parsing: ref), demand: demand)
        return added.recipes.repository.signer?.fingerprint ?? "nobody"
      } catch { return "\(error)" }
    }

    func update(to ref: String) async -> String {
      await SharingScene.message { _ = try await sharing.update(ref: ref) }
    }

    func revoke(_ key: String) throws {
      try sharing.write(
        "home/.config/ssh-recipes/revoked_keys",
        try String(contentsOfFile: signing.scene.path("\(key).pub"), encoding: .utf8))
    }
  }

  @Test("no signature, a good one, and one by another key")
  func demanded() async throws {
    try await Stage.with { stage in
      let (ada, bob) = (try stage.signing.signer("ada"), try stage.signing.signer("bob"))
      try await stage.tag("v1", by: nil)
      try await stage.tag("v2", by: "ada")
      #expect(try await stage.add("v1", name: "unsigned") == "nobody")
      #expect(
        try await stage.add("v1", .init(signers: [ada])) == "no signature found; expected a signature by \(ada.shown)")
      #expect(
        try await stage.add("v2", .init(signers: [bob]))
          == "the tag \"v2\" is signed by \(ada.fingerprint); expected \(bob.shown)")
      #expect(try await stage.add("v2", .init(signers: [bob, ada])) == ada.fingerprint)
    }
  }

  @Test("a revoked key is refused, required or not")
  func revoked() async throws {
    try await Stage.with { stage in
      let ada = try stage.signing.signer("ada")
      try await stage.tag("v1", by: "ada")
      try stage.revoke("ada")
      let message = "the tag \"v1\" is signed by \(ada.fingerprint), which is revoked"
      #expect(try await stage.add("v1") == message)
      #expect(try await stage.add("v1", .init(signers: [ada])) == message)
      #expect(try await stage.add("v1", .init(pins: true)) == message)
    }
  }

  @Test("an update with another key, without a signature, or with a revoked key is refused")
  func updates() async throws {
    try await Stage.with { stage in
      let (ada, bob) = (try stage.signing.fingerprint("ada"), try stage.signing.fingerprint("bob"))
      try await stage.tag("v1", by: "ada")
      #expect(try await stage.add("v1", .init(pins: true)) == ada)
      try await stage.tag("v2", by: "bob")
      #expect(await stage.update(to: "v2") == "the tag \"v2\" is signed by \(bob); expected \(ada)")
      try await stage.tag("v3", by: nil)
      #expect(await stage.update(to: "v3") == "no signature found; expected a signature by \(ada)")
      try await stage.tag("v4", by: "ada")
      #expect(await stage.update(to: "v4") == "nothing was thrown")
      try stage.revoke("ada")
      #expect(await stage.update(to: "v4") == "the tag \"v4\" is signed by \(ada), which is revoked")
    }
  }

  @Test("a new tag around a signed old tag does not inherit its signature")
  func nested() async throws {
    try await Stage.with { stage in
      let ada = try stage.signing.signer("ada")
      try await stage.tag("v1", by: "ada")
      try await stage.tag("v2", by: nil, at: "v1", isNew: false)
      try await stage.tag("v3", by: "bob", at: "v1", isNew: false)
      #expect(try await stage.add("v2", name: "two") == "nobody")
      #expect(
        try await stage.add("v2", .init(signers: [ada])) == "no signature found; expected a signature by \(ada.shown)")
      #expect(
        try await stage.add("v3", .init(signers: [ada]))
          == "the tag \"v3\" is signed by \(try stage.signing.fingerprint("bob")); expected \(ada.shown)")
      #expect(try await stage.add("v1", .init(signers: [ada])) == ada.fingerprint)
    }
  }

  @Test("tags and commits in SHA-256 repositories as well")
  func sha256() async throws {
    try await Stage.with { stage in
      let ada = try stage.signing.signer("ada")
      try await stage.sharing.git("init", "-q", "--object-format=sha256", "acme")
      try await stage.tag("v1", by: "ada")
      #expect(try await stage.add("v1", .init(signers: [ada])) == ada.fingerprint)
      let key = stage.signing.scene.path("ada")
      try await stage.sharing.git(
        "-C", "acme", "-c", "gpg.format=ssh", "-c", "user.signingkey=\(key)", "commit", "-q", "-S", "--allow-empty",
        "-m", "Two")
      #expect(try await stage.add("HEAD", .init(signers: [ada]), name: "two") == ada.fingerprint)
      try stage.revoke("ada")
      #expect(
        try await stage.add("HEAD", name: "three") == "the commit is signed by \(ada.fingerprint), which is revoked")
    }
  }
}
