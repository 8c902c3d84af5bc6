import Testing

@testable import Formats

@Suite("a line of sshd_config")
struct SSHDConfigTests {
  static func directive(_ keyword: String, _ arguments: String...) -> SSHDConfigLine.Kind {
    .directive(SSHDConfigDirective(keyword: keyword, arguments: arguments))
  }

  static let lines: [(String, SSHDConfigLine.Kind)] = [
    ("", .blank),
    (" \t\u{0C}", .blank),
    ("# prose", .comment(commentedDefault: nil)),
    ("#Port 22", .comment(commentedDefault: .init(keyword: "Port", arguments: ["22"]))),
    ("  # Port 22", .comment(commentedDefault: .init(keyword: "Port", arguments: ["22"]))),
    ("# Port numbers below 1024 need root", .comment(commentedDefault: nil)),
    ("#Match User x", .comment(commentedDefault: nil)),
    ("Port 22", directive("Port", "22")),
    ("\t port=22 ", directive("port", "22")),
    ("Port = 22\u{0C}", directive("Port", "22")),
    ("Port ==22", directive("Port", "=22")),
    ("\"Port\" \"22\"", directive("Port", "22")),
    ("AuthorizedKeysFile a \"b c\" 'd e' f\\ g # comment", directive("AuthorizedKeysFile", "a", "b c", "d e", "f g")),
    ("Banner /etc/a#b", directive("Banner", "/etc/a#b")),
    ("ForceCommand \"echo \\\"x\\\" # y\"", directive("ForceCommand", "echo \"x\" # y")),
    ("Match User a,b Address 10.0.0.0/8", .match(criteria: ["User", "a,b", "Address", "10.0.0.0/8"])),
    ("MATCH all", .match(criteria: ["all"])),
    ("Include a.conf \"b c/*.conf\"", .include(patterns: ["a.conf", "b c/*.conf"])),
    ("Port", .broken(why: "no argument after keyword \"Port\"")),
    ("Port # 22", .broken(why: "no argument after keyword \"Port\"")),
    ("Banner \"x", .broken(why: "a quote is not closed")),
  ]

  @Test("is read as sshd reads it", arguments: lines.indices)
  func kinds(index: Int) {
    let (line, kind) = Self.lines[index]
    #expect(SSHDConfig(Array(line.utf8)).lines.map(\.kind) == (line.isEmpty ? [] : [kind]), "\(line)")
    #expect(SSHDConfig(Array("\(line)\r\n".utf8)).lines.map(\.kind) == [kind], "\(line)")
  }

  @Test(
    "a keyword is known in any case and by its older names",
    arguments: [
      ("port", "Port"), ("CHALLENGEResponseAuthentication", "KbdInteractiveAuthentication"),
      ("PubkeyAcceptedKeyTypes", "PubkeyAcceptedAlgorithms"), ("maxauthtries", "MaxAuthTries"),
    ])
  func keywords(name: String, canonical: String) throws {
    #expect(try SSHDKeyword.named(name).name == canonical)
  }

  @Test("a keyword that sshd does not know, or only ignores, is refused")
  func badKeywords() {
    #expect(throws: SSHDKeywordError.unknown(name: "PasswordAuthentification", nearest: "PasswordAuthentication")) {
      try SSHDKeyword.named("PasswordAuthentification")
    }
    #expect(throws: SSHDKeywordError.unknown(name: "QuietMode", nearest: nil)) { try SSHDKeyword.named("QuietMode") }
    for name in ["RSAAuthentication", "protocol", "UsePrivilegeSeparation"] {
      #expect(SSHDKeyword.isObsolete(name))
      #expect(throws: SSHDKeywordError.self) { try SSHDKeyword.named(name) }
    }
  }

  @Test("output of sshd -T is read, and two outputs are compared")
  func effective() {
    let old = SSHDEffective(output: Array("port 22\nacceptenv LANG\nacceptenv TZ\nbanner none\nx\n\n".utf8))
    let new = SSHDEffective(output: Array("port 22\nacceptenv TZ\nacceptenv LANG\nbanner /a b\nallowusers u\n".utf8))
    #expect(old.values == ["port": ["22"], "acceptenv": ["LANG", "TZ"], "banner": ["none"], "x": [""]])
    #expect(old["AcceptEnv"] == ["LANG", "TZ"])
    #expect(
      SSHDEffective(values: ["challengeresponseauthentication": ["no"]])["KbdInteractiveAuthentication"] == ["no"])
    #expect(
      old.changes(to: new) == [
        .init(keyword: "allowusers", old: nil, new: ["u"]), .init(keyword: "banner", old: ["none"], new: ["/a b"]),
        .init(keyword: "x", old: [""], new: nil),
      ])
  }
}
