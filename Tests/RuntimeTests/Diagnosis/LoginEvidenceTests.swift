import Testing

@testable import Diagnosis
@testable import Formats
@testable import Hosts
@testable import Values

@Suite struct LoginEvidenceTests {
  static let line = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGnzUy6Nxg42HPCTgLqAIqgFVn5N2xh4O6HlTv6FJVeT me@pc"

  /// All is well: the key is in the file, the modes are right, and still the server said no.
  private func evidence() throws -> LoginEvidence {
    let key = try PublicKey(Self.line)
    var evidence = LoginEvidence()
    evidence.target = "pi@192.168.1.20"
    evidence.user = "pi"
    evidence.keyPath = "/home/me/.ssh/id_ed25519"
    evidence.key = key
    evidence.fingerprint = key.fingerprint
    evidence.refusedKeys = [key.fingerprint]
    evidence.methods = ["publickey", "password"]
    func status(_ kind: FileStatus.Kind, _ bits: UInt16, _ user: Int = 1000) -> FileStatus {
      FileStatus(kind: kind, mode: FileMode(bits: bits), userID: user, groupID: user)
    }
    evidence.server = LoginEvidence.Server(
      home: "/home/pi", userID: 1000, keysPath: "/home/pi/.ssh/authorized_keys",
      keys: FileState(status: status(.file, 0o600), contents: Array((Self.line + "\n").utf8)),
      components: [
        ("/home/pi/.ssh/authorized_keys", status(.file, 0o600)), ("/home/pi/.ssh", status(.directory, 0o700)),
        ("/home/pi", status(.directory, 0o755)), ("/home", status(.directory, 0o777, 0)),
      ])
    evidence.server?.names = [0: "root", 1000: "pi", 1001: "bob"]
    return evidence
  }

  private func diagnosis(_ change: (inout LoginEvidence) throws -> Void) throws -> Diagnosis {
    var evidence = try evidence()
    try change(&evidence)
    return evidence.diagnosis
  }

  @Test func `a home that its group may write is the cause, with the least chmod`() throws {
    let found = try diagnosis { $0.server?.components[2].status.mode = FileMode(bits: 0o775) }
    #expect(
      found
        == Diagnosis(
          .badModes,
          [
            "path": "/home/pi", "who": "its group", "chmod": "g-w", "user": "pi", "target": "pi@192.168.1.20",
            "keypath": "/home/me/.ssh/id_ed25519",
          ],
          seen: ["drwxrwxr-x pi 1000 /home/pi", "the server takes: publickey, password"], paths: ["/home/pi"]))
    #expect(found.explanation == "/home/pi is writable by its group, so sshd ignores the keys in it (StrictModes)")
    #expect(found.fix == ["chmod g-w /home/pi"])
  }

  @Test func `all paths with wrong modes are named at once, so that one more login is enough`() throws {
    let found = try diagnosis {
      $0.server?.components[1].status.mode = FileMode(bits: 0o777)
      $0.server?.components[2].status.mode = FileMode(bits: 0o777)
    }
    #expect(found.cause.id == "bad-modes")
    #expect(found.paths == ["/home/pi/.ssh", "/home/pi"])
    #expect(
      found.explanation
        == "/home/pi/.ssh is writable by its group and by all others, so sshd ignores the keys in it (StrictModes)")
  }

  @Test func `sshd's own note about modes decides over the rule, unless the path has changed since`() throws {
    let note = "Ignored authorized keys: bad ownership or modes for directory /home/pi"
    let found = try diagnosis {
      $0.notes = [note]
      $0.server?.components[2].status.mode = FileMode(bits: 0o775)
      $0.server?.privateGroups = [1000]
    }
    #expect(found.cause.id == "bad-modes")
    #expect(found.fix == ["chmod g-w /home/pi"])
    let changed = try diagnosis { $0.notes = [note] }
    #expect(changed.cause.id == "key-refused")
    #expect(!changed.seen.contains { $0.contains("bad ownership") })
  }

  @Test(
    "the server's log names the cause that files and notes do not show",
    arguments: [
      (
        "userauth_pubkey: signature algorithm ssh-ed25519 not in PubkeyAcceptedAlgorithms [preauth]", "key-type",
        "the server does not take keys or signatures of the type ssh-ed25519 (PubkeyAcceptedAlgorithms or RequiredRSASize "
          + "in sshd_config)"
      ),
      (
        "error: Authentication key ED25519 SHA256:x revoked by file /etc/ssh/revoked", "key-revoked",
        "the server has a list of revoked keys, and this key is in it"
      ),
      (
        "User pi from 10.0.0.1 not allowed because none of user's groups are listed in AllowGroups", "not-allowed-user",
        "AllowGroups in sshd_config does not allow pi"
      ),
    ])
  func logged(line: String, cause: String, explanation: String) throws {
    let found = try diagnosis { $0.logged = [line] }
    #expect(found.cause.id == cause)
    #expect(found.explanation == explanation)
    #expect(found.seen.last == "sshd's log: \(line)")
  }

  @Test func `Debian tolerates a group that has no other member`() throws {
    let found = try diagnosis {
      $0.server?.components[2].status.mode = FileMode(bits: 0o775)
      $0.server?.privateGroups = [1000]
    }
    #expect(found.cause.id == "key-refused")
  }

  @Test func `a file of another account cannot be cured by chmod`() throws {
    let found = try diagnosis { $0.server?.components[0].status.userID = 1001 }
    #expect(found.cause.id == "wrong-owner")
    #expect(
      found.explanation
        == "/home/pi/.ssh/authorized_keys belongs to bob, not to pi or root, so sshd ignores the keys in it "
        + "(StrictModes)")
    #expect(found.fix == ["sudo chown pi /home/pi/.ssh/authorized_keys"])
  }

  @Test func `an access control list counts on a Synology alone`() throws {
    let acl = try diagnosis {
      $0.server?.components[2].status.hasACL = true
      $0.server?.isSynology = true
    }
    #expect(acl.cause.id == "acl")
    #expect(acl.paths == ["/home/pi"])
    let elsewhere = try diagnosis { $0.server?.components[2].status.hasACL = true }
    #expect(elsewhere.cause.id == "key-refused")
  }

  static let files: [(String, String, String)] = [
    ("# nothing\n", "key-not-installed", "/home/pi/.ssh/authorized_keys does not hold the key SHA256:"),
    ("#" + line + "\n", "key-commented", "line 1 of /home/pi/.ssh/authorized_keys holds the key, but starts with #"),
    ("\nssh-ed25519 AAAAC3Nza\n", "key-damaged", "line 2 of /home/pi/.ssh/authorized_keys is damaged"),
    (
      "from=\"10.0.0.1\" " + line + "\n", "key-options",
      "the options before the key in /home/pi/.ssh/authorized_keys do not allow this login: from=\"10.0.0.1\""
    ),
  ]

  @Test("what stands in authorized_keys is told", arguments: files)
  func contents(text: String, cause: String, start: String) throws {
    let found = try diagnosis { $0.server?.keys.contents = Array(text.utf8) }
    #expect(found.cause.id == cause)
    #expect(found.explanation.hasPrefix(start), "\(found.explanation)")
    #expect(found.paths == ["/home/pi/.ssh/authorized_keys"])
  }

  @Test func `without a home there is no place for keys`() throws {
    let found = try diagnosis { $0.server?.hasHome = false }
    #expect(found.cause.id == "no-home")
    #expect(found.explanation == "the directory /home/pi is not there, so there is no place for keys")
  }

  @Test func `a server that does not offer publickey is asked no further`() throws {
    let found = try diagnosis { $0.methods = ["password"] }
    #expect(found.cause.id == "pubkey-off")
    #expect(found.seen == ["the server takes: password"])
  }

  @Test func `sshd_config keeps the account out`() throws {
    let found = try diagnosis { $0.config = LoginEvidence.Config(refusal: "AllowUsers") }
    #expect(found.cause.id == "not-allowed-user")
    #expect(found.explanation == "AllowUsers in sshd_config does not allow pi")
    let other = try diagnosis { $0.config = LoginEvidence.Config(otherKeysFile: "/etc/keys/%u") }
    #expect(
      other.explanation
        == "sshd does not read /home/pi/.ssh/authorized_keys: its AuthorizedKeysFile is \"/etc/keys/%u\"")
  }

  static let client: [([String], String)] = [
    (["Load key \"/home/me/.ssh/id_ed25519\": bad permissions"], "private-key-modes"),
    (["sign_and_send_pubkey: signing failed for ED25519 \"x\" from agent: agent refused operation"], "agent-refused"),
    (["no such identity: /home/me/.ssh/id_ed25519: No such file or directory"], "key-missing"),
  ]

  @Test("a key that was never offered failed on this side", arguments: client)
  func clientSide(text: [String], cause: String) throws {
    let found = try diagnosis {
      $0.refusedKeys = []
      $0.clientText = text
    }
    #expect(found.cause.id == cause)
  }

  @Test func `a locked key without an agent needs its passphrase`() throws {
    let found = try diagnosis {
      $0.refusedKeys = []
      $0.isLocked = true
    }
    #expect(found.explanation == "/home/me/.ssh/id_ed25519 is protected with a passphrase, and no agent holds it")
    #expect(found.fix == ["ssh-add /home/me/.ssh/id_ed25519"])
  }

  @Test func `a note of sshd that the files contradict is old news`() throws {
    let note = "Ignored authorized keys: bad ownership or modes for directory /home/pi"
    let stale = try diagnosis { $0.notes = [note] }
    #expect(stale.cause.id == "key-refused")
    let blind = try diagnosis {
      $0.server = nil
      $0.notes = [note]
    }
    #expect(blind.cause.id == "bad-modes")
    #expect(blind.paths == ["/home/pi"])
  }

  @Test func `a key that was right, and not enough, is told before all else`() throws {
    let found = try diagnosis {
      $0.methods = ["password"]
      $0.partialSuccesses = ["publickey"]
      $0.config = LoginEvidence.Config(isPubkeyOff: true)
    }
    #expect(found.cause == .moreNeeded)
    #expect(
      found.explanation
        == "the server accepts the key and wants the password as well (AuthenticationMethods in its sshd_config)")
  }

  @Test func `a key whose turn comes after the password is not told as off`() throws {
    let found = try diagnosis {
      $0.methods = ["password"]
      $0.partialSuccessesOfRun = ["password"]
    }
    #expect(found.cause == .moreNeeded)
    #expect(
      found.explanation
        == "the server accepts the key and wants the password as well (AuthenticationMethods in its sshd_config)")
    #expect(try diagnosis { $0.methods = ["password"] }.cause == .pubkeyOff)
  }

  @Test func `where AuthenticationMethods leaves the key out, keys are not told as switched off`() throws {
    var config = LoginEvidence.Config()
    config.methodLists = ["publickey,keyboard-interactive:pam", "password"]
    config.methodsOff = ["keyboard-interactive": "KbdInteractiveAuthentication no", "hostbased": "x"]
    let found = try diagnosis {
      $0.methods = ["password"]
      $0.config = config
    }
    #expect(found.cause == .methodsWithoutKey)
    #expect(
      found.explanation
        == "AuthenticationMethods in sshd_config (\"publickey,keyboard-interactive:pam\" \"password\") leaves no way with a "
        + "key alone; sshd skips a list with a method that is switched off (KbdInteractiveAuthentication no)")
    #expect(!found.fix.contains { $0.contains("PubkeyAuthentication") })
    config.isPubkeyOff = true
    #expect(
      try diagnosis {
        $0.methods = ["password"]
        $0.config = config
      }.cause == .pubkeyOff)
  }
}
