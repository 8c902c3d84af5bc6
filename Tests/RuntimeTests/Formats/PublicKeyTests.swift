import Testing

@testable import Formats

@Suite("a public key")
struct PublicKeyTests {
  @Test(
    "has type, comment, fingerprint and length",
    arguments: [
      (TestKeys.ed25519, "ssh-ed25519", "alice@laptop", TestKeys.ed25519Fingerprint, Int?.none),
      (TestKeys.rsa, "ssh-rsa", "bob@desk", TestKeys.rsaFingerprint, 2048),
    ])
  func parts(line: String, type: String, comment: String, fingerprint: String, bits: Int?) throws {
    let key = try PublicKey(line + "\r\n\n")
    #expect(key.type == type)
    #expect(key.comment == comment)
    #expect(key.fingerprint == fingerprint)
    #expect(key.rsaBits == bits)
    #expect(key.line == line)
    #expect(!key.isDSA)
  }

  @Test("of an unknown type is kept if the blob names the same type")
  func unknownType() throws { #expect(try PublicKey(TestKeys.future).line == TestKeys.future) }

  @Test("of type ssh-dss is recognised") func dsa() throws { #expect(try PublicKey(TestKeys.dsa).isDSA) }

  static let refused: [(String, [UInt8], PublicKeyError)] = [
    ("nothing", [], .empty),
    ("blank lines", Array(" \n\r\n".utf8), .empty),
    ("a private key", Array("-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n".utf8), .privateKey),
    ("a private key behind a line", Array("my key\n-----BEGIN RSA PRIVATE KEY-----\n".utf8), .privateKey),
    ("a PuTTY key", Array("PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n".utf8), .privateKey),
    (
      "PEM", Array("-----BEGIN PUBLIC KEY-----\nMII=\n".utf8),
      .otherFormat(marker: "-----BEGIN PUBLIC KEY-----")
    ),
    ("UTF-16", [0xFF, 0xFE, 0x73, 0], .notPlainText(encoding: "UTF-16")),
    (
      "a byte order mark", [0xEF, 0xBB, 0xBF] + Array(TestKeys.ed25519.utf8),
      .notPlainText(encoding: "UTF-8 with a byte order mark")
    ),
    ("two keys", Array("\(TestKeys.ed25519)\n\(TestKeys.rsa)".utf8), .severalLines(count: 2)),
    ("a path", Array("~/.ssh/id_ed25519.pub".utf8), .noType(found: "~/.ssh/id_ed25519.pub")),
    ("a type alone", Array("ssh-ed25519".utf8), .noBlob(type: "ssh-ed25519")),
    ("a cut blob", Array(TestKeys.ed25519.utf8.prefix(61)), .notBase64(type: "ssh-ed25519")),
    ("a blob cut between two groups", Array(TestKeys.ed25519.utf8.prefix(60)), .damaged(type: "ssh-ed25519")),
    ("a blob of nothing", Array("ssh-ed25519 AAAA".utf8), .damaged(type: "ssh-ed25519")),
    (
      "another type", Array(TestKeys.ed25519.replacing("ssh-ed25519", with: "ssh-rsa").utf8),
      .typeMismatch(written: "ssh-rsa", inBlob: "ssh-ed25519")
    ),
  ]

  @Test("is refused with a reason", arguments: refused.indices)
  func refusal(index: Int) {
    let (what, bytes, error) = Self.refused[index]
    #expect(throws: error, "\(what)") { try PublicKey(bytes) }
    #expect(!error.description.isEmpty)
  }

  @Test("a misspelt type is answered with the nearest type")
  func misspelt() {
    #expect(PublicKeyError.noType(found: "shs-ed25519").description.hasSuffix("did you mean \"ssh-ed25519\"?"))
  }

  @Test(
    "in a file is its first line with a key, as ssh reads it",
    arguments: [
      "# my laptop\n\n\(TestKeys.ed25519)\n", "\(TestKeys.ed25519)\r\n\(TestKeys.rsa)\r\n",
      "  \(TestKeys.ed25519)", "no key\n\(TestKeys.ed25519)\n\n\n", "\(TestKeys.ed25519)\n# \(TestKeys.rsa)\n",
    ])
  func inFile(text: String) throws {
    #expect(try PublicKey(file: Array(text.utf8)) == PublicKey(TestKeys.ed25519))
  }

  @Test("in a file without one is refused with a reason")
  func noneInFile() {
    #expect(throws: PublicKeyError.empty) { try PublicKey(file: []) }
    #expect(throws: PublicKeyError.empty) { try PublicKey(file: Array("# empty\n".utf8)) }
    #expect(throws: PublicKeyError.notPlainText(encoding: "UTF-16")) {
      try PublicKey(file: [0xFF, 0xFE] + TestKeys.ed25519.utf8.flatMap { [$0, 0] })
    }
    #expect(throws: PublicKeyError.notPlainText(encoding: "UTF-8 with a byte order mark")) {
      try PublicKey(file: [0xEF, 0xBB, 0xBF] + Array(TestKeys.ed25519.utf8))
    }
    #expect(throws: PublicKeyError.privateKey) {
      try PublicKey(file: Array("-----BEGIN OPENSSH PRIVATE KEY-----\n\(TestKeys.ed25519)\n".utf8))
    }
  }

  @Test("keeps the bytes of a comment that is not UTF-8")
  func latin1() throws {
    let line = Array(TestKeys.ed25519.utf8.prefix { $0 != 0x40 }) + [0xF6, 0x20, 0x78]
    let key = try PublicKey(line + [0x20, 0x0D, 0x0A])
    #expect(key.lineBytes == line)
    #expect(AuthorizedKeys([]).adding(key).bytes == line + [0x0A])
  }
}
