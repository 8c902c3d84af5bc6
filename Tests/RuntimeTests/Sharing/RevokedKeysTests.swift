import Foundation
import Testing

@testable import Formats
@testable import Sharing

@Suite("the list of revoked keys")
struct RevokedKeysTests {
  typealias S = SigningScene

  private static func contains(_ scene: SigningScene, _ list: String, _ key: String) async throws -> String {
    let signer = try scene.signer(key)
    do throws(RepositoryProblem) {
      return "\(try await RevokedKeys(file: scene.scene.path(list)).contains(signer))"
    } catch { return error.description }
  }

  @Test("a list of public keys, and a KRL")
  func lists() async throws {
    try await S.with { scene in
      let ada = try scene.signer("ada").key.line
      try "# gone\n\n  \(ada)\r\n".write(toFile: scene.scene.path("list"), atomically: false, encoding: .utf8)
      try await scene.run("ssh-keygen", "-q", "-k", "-f", "krl", "ada.pub")
      for list in ["list", "krl"] {
        #expect(try await Self.contains(scene, list, "ada") == "true")
        #expect(try await Self.contains(scene, list, "bob") == "false")
      }
    }
  }

  @Test("an unreadable list is reported at each check of a signature and each run, and no key passes")
  func unreadable() async throws {
    try await S.with { scene in
      let (ada, bob) = (try scene.signer("ada"), try scene.signer("bob"))
      try FileManager.default.createDirectory(atPath: scene.scene.path("Folder"), withIntermediateDirectories: false)
      try "\(bob.key.line)\nnonsense\n".write(toFile: scene.scene.path("words"), atomically: false, encoding: .utf8)
      try "SSHKRL\n\0nonsense".write(toFile: scene.scene.path("krl"), atomically: false, encoding: .utf8)
      let signed = try await scene.signed(by: "ada")
      let words = [
        "Folder": "\"\(scene.scene.path("Folder"))\" cannot be read: is a directory",
        "words": "\(scene.scene.path("words")):2: expected a key type such as \"ssh-ed25519\", got \"nonsense\"",
        "krl": "\"\(scene.scene.path("krl"))\" is not a list of revoked keys that ssh-keygen can read",
      ]
      for (list, words) in words {
        let message = "signatures cannot be checked: \(words)"
        #expect(try await Self.contains(scene, list, "ada") == message)
        let path = scene.scene.path(list)
        #expect(await S.outcome(signed, .init(revoked: path)) == message)
        #expect(await S.outcome(signed, .init(signers: [ada], revoked: path)) == message)
      }
    }
  }
}
