import TestSupport
import Testing

@testable import Formats

@Suite("authorized_keys")
struct AuthorizedKeysTests {
  static let a = TestKeys.ed25519
  static let b = TestKeys.rsa

  static func keys(_ text: String) -> AuthorizedKeys { AuthorizedKeys(Array(text.utf8)) }

  static let files: [String] = [
    "", "\n", a, "\(a)\n\(b)\n", "\(a)\r\n\(b)\r\n", "# comment\n\n  \(a)", "\(a)\(b)\n", "#\(a)\nrestrict \(b)\n",
    "junk \u{20AC}\nssh-rsa AAAA\n\tcommand=\"a b\",no-pty \(a)\n", "\(TestKeys.future)\n\0\u{7F}\n\r\r\n",
  ]

  @Test("is the same after parsing, byte for byte", arguments: files)
  func identity(file: String) { #expect(Self.keys(file).bytes == Array(file.utf8)) }

  @Test(
    "has the keys that ssh-keygen finds",
    .enabled(if: RealSSHD.shared != nil, "no OpenSSH here"), arguments: files + additions.map(\.1))
  func keysAsSeenByOpenSSH(file: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Array(file.utf8), "authorized_keys")
    let listed = try ChildProcess.run("/usr/bin/ssh-keygen", ["-l", "-f", path]).output
    let theirs = text(listed).split(separator: "\n").compactMap { $0.split(separator: " ").dropFirst().first }
    let ours = Self.keys(file).lines.compactMap { line in
      // OpenSSH does not know the invented type.
      if case .key(_, let key) = line.kind, PublicKey.known.contains(key.type) { key.fingerprint } else { nil }
    }
    #expect(theirs.map(String.init) == ours)
  }

  static let presences: [(String, AuthorizedKeys.Presence)] = [
    ("", .absent),
    ("\(b)\n", .absent),
    ("\(a)\n", .present(line: 1)),
    ("# x\n\n \t\(TestKeys.bare(a))", .present(line: 3)),
    ("\(a)\r\n", .present(line: 1)),
    ("\(TestKeys.bare(a))\r\n", .present(line: 1)),
    ("restrict \(a)\n", .presentWithOptions(line: 1, options: "restrict")),
    (
      "command=\"echo \\\"x y\\\"\",from=\"10.*\" \(a)\n",
      .presentWithOptions(line: 1, options: "command=\"echo \\\"x y\\\"\",from=\"10.*\"")
    ),
    ("restrict \(a)\n\(a)\n", .present(line: 2)),
    ("#\(a)\n", .commentedOut(line: 1)),
    ("# # \(a)\n\(b)\n", .commentedOut(line: 1)),
    ("cert-authority \(a)\n", .absent),
    ("cert-authority,principals=\"x,y\" \(a)\n", .absent),
    ("\(b)\(a)\n", .glued(line: 1)),
    ("\(TestKeys.bare(b))\(a)\n", .glued(line: 1)),
    ("\(a)\(b)\n", .present(line: 1)),
    ("\(TestKeys.bare(a))\(b)\n", .glued(line: 1)),
    ("from=\"10.0.0.1 \(a)\n", .absent),
    ("\u{FEFF}\(a)\n", .absent),
    ("# my key\(a)\n", .absent),
  ]

  @Test("tells how a key appears", arguments: presences.indices)
  func presence(index: Int) throws {
    let (file, expected) = Self.presences[index]
    let keys = Self.keys(file)
    let blob = try PublicKey(Self.a).blob
    #expect(keys.presence(of: blob) == expected, "\(file)")
    let isThere =
      switch expected {
      case .present, .presentWithOptions: true
      default: false
      }
    #expect(keys.contains(blob) == isThere)
  }

  /// File before, file after, and the change reported.
  static let additions: [(String, String, AuthorizedKeysChange)] = [
    ("", "\(a)\n", .added(line: 1, closedLine: false)),
    ("\(b)\n", "\(b)\n\(a)\n", .added(line: 2, closedLine: false)),
    ("\(b)", "\(b)\n\(a)\n", .added(line: 2, closedLine: true)),
    ("# nothing yet", "# nothing yet\n\(a)\n", .added(line: 2, closedLine: true)),
    (TestKeys.future, "\(TestKeys.future)\n\(a)\n", .added(line: 2, closedLine: true)),
    ("\(b)\r\n", "\(b)\r\n\(a)\n", .added(line: 2, closedLine: false)),
    ("#x\r\n\(b)", "#x\r\n\(b)\r\n\(a)\n", .added(line: 3, closedLine: true)),
    ("#\(a)\n", "#\(a)\n\(a)\n", .added(line: 2, closedLine: false)),
    ("\n\n", "\n\n\(a)\n", .added(line: 3, closedLine: false)),
    ("cert-authority \(a)\n", "cert-authority \(a)\n\(a)\n", .added(line: 2, closedLine: false)),
    ("\(a) ", "\(a) ", .unchanged(.present(line: 1))),
    (
      "restrict \(a)\n", "restrict \(a)\n",
      .unchanged(.presentWithOptions(line: 1, options: "restrict"))
    ),
  ]

  @Test("gets exactly one more line", arguments: additions.indices)
  func adding(index: Int) throws {
    let (before, after, change) = Self.additions[index]
    let key = try PublicKey(Self.a)
    let result = Self.keys(before).adding(key)
    #expect(text(result.bytes) == after)
    #expect(result.change == change)
    let again = AuthorizedKeys(result.bytes).adding(key)
    #expect(again.bytes == result.bytes, "the second time nothing changes")
  }

  @Test("a line with two keys is cut at the second type, and nowhere else")
  func splitting() throws {
    let key = try PublicKey(Self.a)
    let other = try PublicKey(Self.b)
    let lines = [("\(Self.b)\(Self.a)", "\(Self.b)\n\(Self.a)"), ("\(TestKeys.bare(Self.a))\(Self.b)", "")]
    for (glued, apart) in lines {
      let expected = apart.isEmpty ? "\(TestKeys.bare(Self.a))\n\(Self.b)" : apart
      let result = Self.keys("# x\r\n\(glued)\r\n#y").adding(key)
      #expect(text(result.bytes) == "# x\r\n\(expected)\r\n#y")
      #expect(result.change == .split(line: 2, other: PublicKey.same(other, in: result.change)))
      #expect(AuthorizedKeys(result.bytes).contains(key.blob) && AuthorizedKeys(result.bytes).contains(other.blob))
    }
  }

  @Test("a key joined to other text is written again on its own line")
  func gluedToJunk() throws {
    let result = Self.keys("ssh-rsa AAAAjunk\(Self.a)\n").adding(try PublicKey(Self.a))
    #expect(text(result.bytes) == "ssh-rsa AAAAjunk\(Self.a)\n\(Self.a)\n")
  }

  @Test("options before a second key are not cut off")
  func optionsOfSecondKey() throws {
    let file = "\(TestKeys.bare(Self.b)) bobrestrict \(Self.a)\n"
    let result = Self.keys(file).adding(try PublicKey(Self.a))
    #expect(text(result.bytes) == file + "\(Self.a)\n")
  }

  @Test("loses every line with the key, and no other")
  func removing() throws {
    let file = "#\(Self.a)\r\n\(Self.a)\n\(Self.b)\nrestrict \(Self.a)\ncert-authority \(Self.a)"
    let result = Self.keys(file).removing(try PublicKey(Self.a).blob)
    #expect(text(result.bytes) == "#\(Self.a)\r\n\(Self.b)\ncert-authority \(Self.a)")
    #expect(result.change == .removed(lines: [2, 4]))
    let again = AuthorizedKeys(result.bytes).removing(try PublicKey(Self.a).blob)
    #expect(again.change == .unchanged(.commentedOut(line: 1)))
  }

  @Test("names the lines that sshd skips")
  func invalidLines() {
    let file = "\(Self.a)\nssh-rsa AAAA!\nfrom=\"x \(Self.a)\n\n# c\n\(TestKeys.future)\nhello\n"
    #expect(Self.keys(file).invalidLines.map(\.line) == [2, 3, 7])
    #expect(AuthorizedKeys([0xFF, 0xFE, 0x73, 0]).isUTF16)
    #expect(!Self.keys(file).isUTF16)
  }
}

extension PublicKey {
  /// The key in a change, if it is the expected key regardless of its comment.
  fileprivate static func same(_ key: PublicKey, in change: AuthorizedKeysChange) -> PublicKey {
    if case .split(_, let other) = change, other.blob == key.blob { other } else { key }
  }
}
