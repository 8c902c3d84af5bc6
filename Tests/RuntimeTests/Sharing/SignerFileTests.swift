import Foundation
import Testing

@testable import Formats
@testable import Sharing

@Suite("allowed signers: a key, a .pub file, or an allowed_signers file")
struct SignerFileTests {
  private static let bare = TestKeys.bare(TestKeys.ed25519)

  private func lines(_ text: String) throws(SignerFileProblem) -> [String] {
    try SignerFile.signers(Array(text.utf8), place: "signers").map(\.line)
  }

  private func problem(_ text: String) -> String? {
    do throws(SignerFileProblem) {
      _ = try lines(text)
      return nil
    } catch { return error.description }
  }

  @Test("a public key is a signer, with its comment as the name")
  func key() throws {
    #expect(try lines(TestKeys.ed25519) == ["alice@laptop \(Self.bare)"])
    #expect(try lines(Self.bare) == ["signer \(Self.bare)"])
    #expect(try SignerFile.read(TestKeys.ed25519).map(\.shown) == ["alice@laptop, \(TestKeys.ed25519Fingerprint)"])
    #expect(try SignerFile.read(Self.bare).map(\.shown) == [TestKeys.ed25519Fingerprint])
  }

  @Test("a file of allowed signers, with comments, options and several principals")
  func file() throws {
    let text = """
      # who may
      alice@example.org,*@example.com namespaces="git,ssh-recipes",valid-before="20300101" \(Self.bare) a comment

      bob\t\(TestKeys.bare(TestKeys.rsa))
      """
    #expect(
      try lines(text) == [
        "alice@example.org,*@example.com namespaces=\"git,ssh-recipes\",valid-before=\"20300101\" \(Self.bare)",
        "bob \(TestKeys.bare(TestKeys.rsa))",
      ])
  }

  @Test("a signer is the same after writing to the lock file")
  func roundTrip() throws {
    for text in [TestKeys.ed25519, "a,b valid-after=\"20200101\" \(Self.bare)"] {
      let signer = try #require(try SignerFile.signers(Array(text.utf8), place: "x").first)
      #expect(
        try Signer(line: signer.line)
          == Signer(identity: signer.identity, options: signer.options, key: try PublicKey(Self.bare)))
    }
  }

  @Test("an invalid signer is refused with the line")
  func refused() {
    let expected =
      "expected a public key, or a line of an allowed_signers file: a name, then \"ssh-ed25519 AAAA…\""
    #expect(problem("") == "signers: names no signer")
    #expect(problem("# nothing\n") == "signers: names no signer")
    #expect(problem("alice\n") == "signers:1: \(expected)")
    #expect(problem("a \(Self.bare)\nb c d \(Self.bare)\n") == "signers:2: \(expected)")
    #expect(
      problem("* cert-authority \(Self.bare)\n")
        == "signers:1: certificates are not accepted; list plain keys instead")
    #expect(problem("a\u{1B}[2J \(Self.bare)\n") == "signers:1: the line contains invisible characters")
    #expect(
      problem("-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n")
        == "signers: this is a private key, which must never leave its host; give the \".pub\" file beside it")
    #expect(
      problem("a ssh-ed25519 AAAA\n")
        == "signers:1: the \"ssh-ed25519\" key is damaged: it has too few or too many parts")
  }

  @Test("a missing file is named")
  func missing() {
    let error = #expect(throws: SignerFileProblem.self) { try SignerFile.read("/nowhere/x.pub") }
    #expect(error?.description == "/nowhere/x.pub: cannot be read: no such file or directory")
  }
}
