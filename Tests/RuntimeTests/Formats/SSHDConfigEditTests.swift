import Testing

@testable import Formats

@Suite("an edit of sshd_config")
struct SSHDConfigEditTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var before: String
    var edits: [SSHDConfigEdit]
    var after: String
    var effective: [String: [String]] = [:]

    init(
      _ name: String, _ before: String, _ edits: SSHDConfigEdit..., after: String,
      effective: [String: [String]] = [:]
    ) {
      (testDescription, self.before, self.edits, self.after) = (name, before, edits, after)
      self.effective = effective
    }
  }

  static let passwordNo = SSHDConfigEdit("passwordauthentication", "no")
  static let cases = [
    Case(
      "in place: keyword, blanks and comment stay", "\tpasswordauthentication =  yes \t# why\n", passwordNo,
      after: "\tpasswordauthentication =  no \t# why\n"),
    Case(
      "the first line decides, a later one may stay", "PasswordAuthentication yes\nPasswordAuthentication yes\n",
      passwordNo, after: "PasswordAuthentication no\nPasswordAuthentication yes\n"),
    Case(
      "nothing to do: the value, in another case", "PasswordAuthentication No", passwordNo,
      after: "PasswordAuthentication No"),
    Case(
      "nothing to do: the default", "Port 22\n", SSHDConfigEdit("PubkeyAuthentication", "yes"),
      after: "Port 22\n", effective: ["pubkeyauthentication": ["yes"]]),
    Case(
      "nothing to do: prohibit-password has an older name", "", SSHDConfigEdit("PermitRootLogin", "prohibit-password"),
      after: "", effective: ["permitrootlogin": ["without-password"]]),
    Case(
      "nothing to do: two minutes are 120 seconds", "LoginGraceTime 2m", SSHDConfigEdit("LoginGraceTime", "120"),
      after: "LoginGraceTime 2m"),
    Case(
      "after the commented default, which stays", "#PasswordAuthentication yes\nMatch all\n", passwordNo,
      after: "#PasswordAuthentication yes\nPasswordAuthentication no\nMatch all\n"),
    Case(
      "a commented default inside a Match is not one", "Port 22\nMatch User a\n#PasswordAuthentication yes\n",
      passwordNo,
      after: "Port 22\nPasswordAuthentication no\nMatch User a\n#PasswordAuthentication yes\n"),
    Case(
      "before the first Match and its comment",
      "Port 22\n\n# Guests\nMatch User a\n  PasswordAuthentication yes\n",
      passwordNo,
      after: "Port 22\n\nPasswordAuthentication no\n# Guests\nMatch User a\n  PasswordAuthentication yes\n"),
    Case(
      "at the end, behind a line that is closed first", "Port 22", passwordNo,
      after: "Port 22\nPasswordAuthentication no\n"),
    Case(
      "with the file's line endings", "Port 22\r\nUsePAM yes\r\n", passwordNo,
      after: "Port 22\r\nUsePAM yes\r\nPasswordAuthentication no\r\n"),
    Case(
      "several ports in place of others", "Port 22\nPort 23\nUsePAM no\nPort 24\n",
      SSHDConfigEdit("Port", values: ["24", "2222"]), after: "Port 2222\nUsePAM no\nPort 24\n"),
    Case(
      "a further port beside the others", "Port 22\nUsePAM no\n", SSHDConfigEdit("Port", values: ["22", "2222"]),
      after: "Port 22\nPort 2222\nUsePAM no\n"),
    Case(
      "the users of all lines are replaced", "AllowUsers a b\nUsePAM no\nallowusers c\n",
      SSHDConfigEdit("AllowUsers", "c d"),
      after: "AllowUsers c d\nUsePAM no\n"),
    Case(
      "the users of all lines already are the wished ones", "AllowUsers a b\nAllowUsers c\n",
      SSHDConfigEdit("AllowUsers", "c b a"),
      after: "AllowUsers a b\nAllowUsers c\n"),
    Case(
      "a subsystem by its name", "Subsystem x /x\nSubsystem sftp /old -l\n",
      SSHDConfigEdit("Subsystem", "sftp internal-sftp"),
      after: "Subsystem x /x\nSubsystem sftp internal-sftp\n"),
    Case(
      "the older name in the file is the option", "ChallengeResponseAuthentication yes\n",
      SSHDConfigEdit("KbdInteractiveAuthentication", "no"), after: "ChallengeResponseAuthentication no\n"),
    Case(
      "an older sshd gets the name that it knows", "", SSHDConfigEdit("PubkeyAcceptedAlgorithms", "ssh-ed25519"),
      after: "PubkeyAcceptedKeyTypes ssh-ed25519\n", effective: ["pubkeyacceptedkeytypes": ["x"]]),
    Case(
      "before 8.7 the older name decides", "KbdInteractiveAuthentication no\n",
      SSHDConfigEdit("KbdInteractiveAuthentication", "no"),
      after: "KbdInteractiveAuthentication no\nChallengeResponseAuthentication no\n",
      effective: ["kbdinteractiveauthentication": ["no"], "challengeresponseauthentication": ["yes"]]),
    Case(
      "taken out everywhere but in Match", "Banner a\nPort 22\nbanner b\nMatch all\nBanner c\n", .removing("Banner"),
      after: "Port 22\nMatch all\nBanner c\n"),
    Case(
      "several at once", "Port 22\n", passwordNo, SSHDConfigEdit("UsePAM", "no"), SSHDConfigEdit("Port", "2"),
      after: "Port 2\nPasswordAuthentication no\nUsePAM no\n"),
    Case(
      "a value in quotes", "Banner none # x\n", SSHDConfigEdit("Banner", "\"/etc/a # b\""),
      after: "Banner \"/etc/a # b\" # x\n"),
  ]

  @Test("changes the line that takes effect, and no other", arguments: cases)
  func editing(_ test: Case) throws {
    let effective = test.effective.isEmpty ? nil : SSHDEffective(values: test.effective)
    let change = try SSHDConfigTree(main: "m", Array(test.before.utf8)).applying(test.edits, effective: effective)
    #expect(change.files.mapValues(text) == (test.before == test.after ? [:] : ["m": test.after]))
    #expect(change.steps.count == test.edits.count && change.explanation.count >= test.edits.count)
    #expect(try change.tree.applying(test.edits, effective: effective).files == [:])
  }

  static let refusals: [(SSHDConfigEdit, SSHDConfigEditError)] = [
    (SSHDConfigEdit("Prot", "1"), .keyword(.unknown(name: "Prot", nearest: "Port"))),
    (SSHDConfigEdit("Port", ""), .value(keyword: "Port", value: "", why: "is empty")),
    (
      SSHDConfigEdit("Banner", "a\nPermitRootLogin yes"),
      .value(keyword: "Banner", value: "a\nPermitRootLogin yes", why: "contains a control character or a line feed")
    ),
    (
      SSHDConfigEdit("Banner", "\"a"),
      .value(keyword: "Banner", value: "\"a", why: "opens a quote and does not close it")
    ),
    (
      SSHDConfigEdit("Banner", "a # b"),
      .value(
        keyword: "Banner", value: "a # b",
        why: "contains a \"#\", which would begin a comment; put the word into quotes")
    ),
    (SSHDConfigEdit("UsePAM", values: ["yes", "no"]), .severalValues(keyword: "UsePAM", count: 2)),
    (SSHDConfigEdit("Port", values: []), .severalValues(keyword: "Port", count: 0)),
  ]

  @Test("is refused where it would break the file", arguments: refusals.indices)
  func refusal(index: Int) {
    let (edit, error) = Self.refusals[index]
    #expect(throws: error) { try SSHDConfigTree([]).applying([edit]) }
  }

  @Test("explains where and why, and names overriding Match blocks and addresses with their own port")
  func explanation() throws {
    let file = "Port 22\nListenAddress 10.0.0.1:22\nListenAddress ::1\nMatch User a\n  PasswordAuthentication yes\n"
    let change = try SSHDConfigTree(main: "m", Array(file.utf8))
      .applying([SSHDConfigEdit("Port", "2222"), Self.passwordNo])
    #expect(
      change.explanation == [
        "m line 1 is in effect: \"Port 22\" becomes \"Port 2222\"",
        "m line 2: \"10.0.0.1:22\" has its own port; Port does not change it",
        "m line 4: new line \"PasswordAuthentication no\", before the first Match, because lines after a Match are "
          + "not global",
        "m line 6: \"Match User a\" sets PasswordAuthentication to \"yes\" for the logins that match",
      ])
  }

  @Test("an address without a port is in effect with any port that sshd -T prints")
  func addresses() throws {
    let keyword = try SSHDKeyword.named("ListenAddress")
    let same = { (wished: [String], printed: [String]) in
      SSHDValue.areSame(wished.map { [$0] }, printed.map { [$0] }, keyword: keyword)
    }
    #expect(same(["127.0.0.1", "::1"], ["[::1]:22", "127.0.0.1:22"]))
    #expect(same(["[::1]:2222"], ["[::1]:2222"]))
    #expect(!same(["[::1]:2222"], ["[::1]:22"]))
    #expect(!same(["10.0.0.1"], ["10.0.0.1:22", "10.0.0.2:22"]))
  }
}
