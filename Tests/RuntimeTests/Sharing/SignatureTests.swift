import Foundation
import Testing

@testable import Sharing

@Suite("signatures over a repository")
struct SignatureTests {
  typealias S = SigningScene

  @Test("unsigned contents pass only if no signer is required")
  func unsigned() async throws {
    try await S.with { scene in
      #expect(await S.outcome(S.contents) == "nobody")
      let ada = try scene.signer("ada")
      #expect(
        await S.outcome(S.contents, .init(signers: [ada]))
          == "no signature found; expected a signature by ada@example.org, \(ada.fingerprint)")
      #expect(await S.outcome(S.contents, .init(pins: true)) == "no signature found, so there is no key to pin")
    }
  }

  @Test("a good signature by a required, a pinned, or any signer")
  func good() async throws {
    try await S.with { scene in
      let signed = try await scene.signed(by: "ada")
      let (ada, bob) = (try scene.signer("ada"), try scene.signer("bob"))
      #expect(await S.outcome(signed, .init(signers: [bob, ada])) == "known: ada@example.org, \(ada.fingerprint)")
      #expect(await S.outcome(signed, .init(pins: true)) == "known: \(ada.fingerprint)")
      #expect(await S.outcome(signed) == "unknown: \(ada.fingerprint)")
    }
  }

  @Test("a signer pinned at first use is required from then on")
  func pin() async throws {
    try await S.with { scene in
      let first = try await scene.signed(by: "ada")
      let pinned = try await Signatures.verify(SignatureEvidence(contents: first), .init(pins: true)).signers
      #expect(await S.outcome(first, .init(signers: pinned)) == "known: \(try scene.fingerprint("ada"))")
      let second = try await scene.signed(by: "bob")
      #expect(
        await S.outcome(second, .init(signers: pinned))
          == "\"recipes.sig\" is signed by \(try scene.fingerprint("bob")); expected \(try scene.fingerprint("ada"))")
    }
  }

  @Test("a signature over other files does not match, required or not")
  func otherContents() async throws {
    try await S.with { scene in
      var signed = try await scene.signed(by: "ada")
      signed.files["recipes/more.lua"] = []
      let message =
        "the signature of \"recipes.sig\" by \(try scene.fingerprint("ada")) does not match: the signed content or the "
        + "signature has changed since"
      #expect(await S.outcome(signed) == message)
      #expect(await S.outcome(signed, .init(signers: [try scene.signer("ada")])) == message)
    }
  }

  @Test("no byte of a signature can be changed")
  func everyByte() async throws {
    try await S.with { scene in
      let signed = try await scene.signed(by: "ada")
      let ada = try scene.signer("ada")
      let bytes = try #require(signed.attachments["recipes.sig"])
      // Every seventh byte, so that all fields are covered; the armour's lines are checked as strictly.
      for index in stride(from: 0, to: bytes.count - 1, by: 7) where bytes[index] != 0x0A {
        var changed = signed
        changed.attachments["recipes.sig"]?[index] =
          bytes[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
        let outcome = await S.outcome(changed, .init(signers: [ada]))
        #expect(!outcome.hasPrefix("known"), "byte \(index): \(outcome)")
      }
    }
  }

  @Test("a malformed signature has its own message", arguments: ["", "nonsense", "-----BEGIN SSH SIGNATURE-----\n"])
  func malformed(text: String) async throws {
    var contents = S.contents
    contents.attachments["recipes.sig"] = Array(text.utf8)
    #expect(
      await S.outcome(contents) == "\"recipes.sig\" contains no readable signature; it is damaged or cut off")
  }

  @Test("a signature for another purpose does not count")
  func namespace() async throws {
    try await S.with { scene in
      let signed = try await scene.signed(by: "ada", namespace: "file")
      #expect(
        await S.outcome(signed) == "the signature of \"recipes.sig\" was made for \"file\", not for this purpose")
    }
  }

  @Test("a revoked key no longer counts, required or not")
  func revoked() async throws {
    try await S.with { scene in
      let signed = try await scene.signed(by: "ada")
      let ada = try scene.signer("ada")
      let message = "\"recipes.sig\" is signed by \(ada.fingerprint), which is revoked"
      let list = scene.scene.path("ada.pub")
      #expect(await S.outcome(signed, .init(signers: [ada], revoked: list)) == message)
      #expect(await S.outcome(signed, .init(revoked: list)) == message)
      #expect(await S.outcome(signed, .init(pins: true, revoked: list)) == message)
      let other = scene.scene.path("bob.pub")
      #expect(await S.outcome(signed, .init(signers: [ada], revoked: other)).hasPrefix("known"))
      try await scene.run("ssh-keygen", "-q", "-k", "-f", "krl", "ada.pub")
      #expect(await S.outcome(signed, .init(signers: [ada], revoked: scene.scene.path("krl"))) == message)
    }
  }

  @Test("git's signatures of commits and tags count as well")
  func git() async throws {
    try await S.with { scene in
      let ada = try scene.signer("ada")
      let known = "known: ada@example.org, \(ada.fingerprint)"
      let evidence = try await scene.evidence(commitBy: "ada", tagBy: "bob")
      #expect(await S.outcome(evidence, .init(signers: [ada])) == known)
      #expect(
        await S.outcome(evidence, .init(signers: [try scene.signer("bob")]))
          == "known: bob@example.org, \(try scene.fingerprint("bob"))")
      try await scene.run("ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", "eve")
      #expect(
        await S.outcome(evidence, .init(signers: [try scene.signer("eve")]))
          == "the tag \"v1\" is signed by \(try scene.fingerprint("bob")); expected \(try scene.signer("eve").shown)")
      #expect(
        await S.outcome(evidence, .init(signers: [ada], revoked: scene.scene.path("ada.pub")))
          == "the commit is signed by \(ada.fingerprint), which is revoked")
    }
  }

  @Test("a good signature does not excuse a broken or revoked one")
  func besideGood() async throws {
    try await S.with { scene in
      let (ada, bob) = (try scene.signer("ada"), try scene.signer("bob"))
      let evidence = try await scene.evidence(commitBy: "ada", tagBy: "bob")
      let demand = SignatureDemand(signers: [ada])
      #expect(await S.outcome(evidence, demand) == "known: \(ada.shown)")
      #expect(
        await S.outcome(evidence, .init(signers: [ada], revoked: scene.scene.path("bob.pub")))
          == "the tag \"v1\" is signed by \(bob.fingerprint), which is revoked")
      var broken = evidence
      broken.contents.attachments["recipes.sig"] = Array("nonsense".utf8)
      #expect(
        await S.outcome(broken, demand)
          == "\"recipes.sig\" contains no readable signature; it is damaged or cut off")
      var altered = evidence
      altered.tag = evidence.tag.map { Array(String(decoding: $0, as: UTF8.self).replacing("one", with: "two").utf8) }
      #expect(
        await S.outcome(altered, demand)
          == "the signature of the tag \"v1\" by \(bob.fingerprint) does not match: the signed content or the "
          + "signature has changed since")
    }
  }

  @Test("a certificate stands for an unnamed key, and does not count")
  func certificate() async throws {
    try await S.with { scene in
      try await scene.run("ssh-keygen", "-q", "-s", "bob", "-I", "ada", "-n", "ada", "ada.pub")
      let signed = try await scene.signed(by: "ada-cert.pub")
      #expect(
        await S.outcome(signed) == "\"recipes.sig\" is signed with a certificate; only plain keys are accepted")
    }
  }

  @Test("the commit's signature over the hash of its repository counts", arguments: ["sha1", "sha256"])
  func twoHashes(format: String) async throws {
    try await S.with { scene in
      let ada = try scene.signer("ada")
      let known = "known: \(ada.shown)"
      var evidence = try await scene.evidence(commitBy: "ada", tagBy: nil, ref: "HEAD", format: format)
      #expect(await S.outcome(evidence, .init(signers: [ada])) == known)
      #expect(
        await S.outcome(evidence, .init(revoked: scene.scene.path("ada.pub")))
          == "the commit is signed by \(ada.fingerprint), which is revoked")
      let (own, other) = format == "sha1" ? ("gpgsig ", "gpgsig-sha256 ") : ("gpgsig-sha256 ", "gpgsig ")
      let commit = String(decoding: evidence.commit, as: UTF8.self)
      // The other signature is not part of the signed content, in any place.
      for place in ["\n\(own)", "\n\n"] {
        let both = commit.replacing(
          place, with: "\n\(other)-----BEGIN SSH SIGNATURE-----\n nonsense\(place)", maxReplacements: 1)
        evidence.commit = Array(both.utf8)
        #expect(await S.outcome(evidence, .init(signers: [ada])) == known)
      }
      evidence.commit = Array(commit.replacing("\n\(own)", with: "\n\(other)").utf8)
      #expect(await S.outcome(evidence) == "nobody")
    }
  }

  @Test("a commit or tag changed after signing does not match")
  func changedObjects() async throws {
    try await S.with { scene in
      let ada = try scene.signer("ada")
      var evidence = try await scene.evidence(commitBy: "ada", tagBy: nil, ref: "HEAD")
      #expect(await S.outcome(evidence, .init(signers: [ada])).hasPrefix("known"))
      evidence.commit += Array("more\n".utf8)
      #expect(
        await S.outcome(evidence, .init(signers: [ada]))
          == "the signature of the commit by \(ada.fingerprint) does not match: the signed content or the signature "
          + "has changed since")
    }
  }

  @Test("an old release does not pass under the name of a new release")
  func renamedTag() async throws {
    try await S.with { scene in
      let evidence = try await scene.evidence(commitBy: nil, tagBy: "ada", ref: "refs/tags/v2")
      #expect(
        await S.outcome(evidence, .init(signers: [try scene.signer("ada")])) == "the tag \"v2\" was signed as \"v1\"")
    }
  }

  @Test("git agrees about the same objects", arguments: ["sha1", "sha256"])
  func asGitDoes(format: String) async throws {
    try await S.with { scene in
      let evidence = try await scene.evidence(commitBy: "ada", tagBy: "ada", format: format)
      let ada = try scene.signer("ada")
      try (ada.line + "\n").write(toFile: scene.scene.path("allowed"), atomically: false, encoding: .utf8)
      let config = ["-C", "repo", "-c", "gpg.ssh.allowedSignersFile=\(scene.scene.path("allowed"))"]
      try await scene.run("git", config[0], config[1], config[2], config[3], "verify-commit", "HEAD")
      try await scene.run("git", config[0], config[1], config[2], config[3], "verify-tag", "v1")
      #expect(await S.outcome(evidence, .init(signers: [ada])).hasPrefix("known"))
    }
  }

  @Test("the limits of a line apply: an expired signer cannot sign new content")
  func options() async throws {
    try await S.with { scene in
      let signed = try await scene.signed(by: "ada")
      let ada = try scene.signer("ada")
      let expired = Signer(identity: "ada", options: "valid-before=\"20200101\"", key: ada.key)
      #expect(
        await S.outcome(signed, .init(signers: [expired]))
          == "\"recipes.sig\" is signed by \(ada.fingerprint), which is allowed, but not at this time or for this "
          + "purpose")
      let other = Signer(identity: "ada", options: "namespaces=\"git\"", key: ada.key)
      #expect(await S.outcome(signed, .init(signers: [other])).hasSuffix("for this purpose"))
      let fit = Signer(identity: "*@example.org,!x", options: "namespaces=\"git,ssh-recipes\"", key: ada.key)
      #expect(await S.outcome(signed, .init(signers: [fit])).hasPrefix("known"))
    }
  }
}
