import Testing

@testable import Diagnosis
@testable import Hosts

@Suite struct CauseTests {
  @Test func `every cause has a name of its own, a sentence, and something to do`() {
    #expect(Set(Cause.all.map(\.id)).count == Cause.all.count)
    for cause in Cause.all {
      #expect(cause.id.allSatisfy { $0.isLowercase || $0 == "-" }, "\(cause.id)")
      #expect(cause.headline.first?.isUppercase == false, "\(cause.id)")
      #expect(!cause.sentence.isEmpty && !cause.fix.isEmpty, "\(cause.id)")
      #expect(Cause[cause.id] == cause)
    }
  }

  /// What ssh, sshd, dropbear and sudo print, word for word.
  static let lines: [(String, String)] = [
    ("ssh: connect to host 192.168.1.20 port 22: Connection refused", "refused"),
    ("ssh: connect to host 192.168.1.20 port 22: Connection timed out", "timeout"),
    ("ssh: connect to host 192.168.1.20 port 22: Operation timed out", "timeout"),
    ("ssh: connect to host 192.168.1.20 port 22: No route to host", "no-route"),
    ("ssh: connect to host 192.168.1.20 port 22: Network is unreachable", "no-route"),
    ("ssh: Could not resolve hostname raspberrypi.local: Name or service not known", "unknown-host"),
    ("Connection timed out during banner exchange", "silent-server"),
    ("debug1: kex_exchange_identification: banner line 0: Exceeded MaxStartups", "penalty"),
    ("debug1: kex_exchange_identification: banner line 0: Not allowed at this time", "penalty"),
    ("kex_exchange_identification: read: Connection reset by peer", "no-banner"),
    (
      "Unable to negotiate with 10.0.0.2 port 22: no matching host key type found. Their offer: ssh-rsa,ssh-dss",
      "old-algorithms"
    ),
    ("Unable to negotiate with 10.0.0.2 port 22: no matching key exchange method found.", "old-algorithms"),
    ("@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @", "host-key-changed"),
    ("Host key verification failed.", "host-key-unknown"),
    ("No ED25519 host key is known for nas and you have requested strict checking.", "host-key-unknown"),
    ("Failed to add the host to the list of known hosts (/root/.ssh/known_hosts).", "known-hosts-unwritable"),
    ("Warning: Identity file /root/x not accessible: No such file or directory.", "key-missing"),
    ("@         WARNING: UNPROTECTED PRIVATE KEY FILE!          @", "private-key-modes"),
    ("Load key \"/root/.ssh/id_rsa\": bad permissions", "private-key-modes"),
    ("Load key \"/root/.ssh/id_rsa\": invalid format", "key-format"),
    ("Load key \"/root/.ssh/id_rsa\": error in libcrypto", "key-format"),
    ("Load key \"/root/k\": incorrect passphrase supplied to decrypt private key", "passphrase"),
    (
      "error: Error checking authentication key ED25519 SHA256:x in revoked keys file /etc/ssh/rev: No such file or "
        + "directory", "revoked-keys-file"
    ),
    ("Bad owner or permissions on /root/.ssh/config", "client-config-modes"),
    ("/root/.ssh/config: line 1: Bad configuration option: \\357\\273\\277host", "client-config-encoding"),
    ("/root/.ssh/config: line 3: Bad configuration option: usekeychain", "client-config"),
    ("Could not open a connection to your authentication agent.", "no-agent"),
    ("Agent admitted failure to sign using the key.", "agent-refused"),
    (
      "sign_and_send_pubkey: signing failed for ED25519 \"k\" from agent: agent refused operation", "agent-refused"
    ),
    ("Received disconnect from 10.0.0.2 port 22:2: Too many authentication failures", "too-many-keys"),
    ("send_pubkey_test: no mutual signature algorithm", "old-signature"),
    ("Ignored authorized keys: bad ACL permission for file /volume1/homes/alice", "acl"),
    ("Ignored authorized keys: bad ownership or modes for directory /home/pi", "bad-modes"),
    ("Authentication refused: bad ownership or modes for file /home/pi/.ssh/authorized_keys", "bad-modes"),
    ("/home/pi must be owned by user or root, and not writable by group or others", "bad-modes"),
    ("Could not open user 'pi' authorized keys '/home/pi/.ssh/authorized_keys': Permission denied", "unreadable-keys"),
    ("User 'pi' authorized keys '/home/pi/.ssh/authorized_keys' is not a regular file", "not-regular"),
    ("Your host 'pc' is not permitted to use this key for login.", "key-options"),
    ("Authentication key ED25519 SHA256:x revoked by file /etc/ssh/revoked", "key-revoked"),
    ("Could not chdir to home directory /var/services/homes/alice: No such file or directory", "no-home"),
    ("User pi from 10.0.0.1 not allowed because not listed in AllowUsers", "not-allowed-user"),
    ("User pi from 10.0.0.1 not allowed because none of user's groups are listed in AllowGroups", "not-allowed-user"),
    ("User pi not allowed because account is locked", "account-locked"),
    ("User pi not allowed because shell /bin/zsh does not exist", "no-shell"),
    ("Invalid user pi from 10.0.0.1 port 50000", "unknown-user"),
    ("Login attempt for nonexistent user from 10.0.0.1:50000", "unknown-user"),
    ("ROOT LOGIN REFUSED FROM 10.0.0.1 port 50000", "root-login"),
    ("fatal: Access denied for user pi by PAM account configuration [preauth]", "pam"),
    ("userauth_pubkey: signature algorithm ssh-rsa not in PubkeyAcceptedAlgorithms [preauth]", "key-type"),
    ("Authenticated using \"publickey\" with partial success.", "more-needed"),
    ("This account is currently not available.", "no-shell"),
    ("WARNING: Your password has expired.", "password-expired"),
    ("System is booting up. Unprivileged users are not permitted to log in yet.", "booting"),
    ("sudo: a terminal is required to read the password; either use the -S option", "sudo-tty"),
    ("sudo: sorry, you must have a tty to run sudo", "sudo-tty"),
    ("alice is not in the sudoers file.", "sudo-not-allowed"),
    ("sudo: 3 incorrect password attempts", "sudo-wrong-password"),
    (
      "/etc/ssh/sshd_config line 16: Directive 'StrictModes' is not allowed within a Match block", "config-refused"
    ),
  ]

  @Test("what programs print is known by its cause", arguments: lines)
  func recognizes(line: String, cause: String) {
    #expect(Cause.recognized(in: [line])?.cause.id == cause)
  }

  @Test func `a line that says nothing has no cause`() {
    #expect(Cause.recognized(in: ["Warning: Permanently added 'pi' (ED25519) to the list of known hosts."]) == nil)
  }
}

@Suite struct FailureOfHostErrorTests {
  private let target = Target(user: "pi", host: "192.168.1.20")

  @Test func `a refused connection names what to click and to type on the usual devices`() {
    let failed = Failure(
      .connectionRefused("ssh: connect to host 192.168.1.20 port 22: Connection refused"), target: target)
    var wanted = Failure(
      .unreachable, "the connection was refused", cause: .refused,
      explanation:
        "the host is there, but no SSH server listens on port 22: it is switched off, or it listens on another "
        + "port",
      seen: ["ssh: connect to host 192.168.1.20 port 22: Connection refused"],
      fix: [
        "on a Raspberry Pi, in its own terminal: sudo raspi-config nonint do_ssh 0",
        "on a Synology: Control Panel > Terminal & SNMP > Terminal > Enable SSH service > Apply",
        "if the server has another port, name it: pi@192.168.1.20:PORT",
      ])
    wanted.host = "pi@192.168.1.20"
    #expect(failed == wanted)
  }

  @Test func `the advice on a changed host key has the name and the file of the line`() {
    let failed = Failure(
      .hostKeyChanged(fingerprint: nil, file: "/etc/ssh/ssh_known_hosts", line: 7, name: "[box]:2222"),
      target: Target(user: "pi", host: "nas", port: nil))
    #expect(failed.fix.last == "only if the two are the same: ssh-keygen -R '[box]:2222' -f /etc/ssh/ssh_known_hosts")
  }

  @Test func `a changed host key shows both, and the command that a person may give`() {
    let failed = Failure(
      .hostKeyChanged(fingerprint: "SHA256:new", file: "/home/me/.ssh/known_hosts", line: 7),
      target: Target(user: "pi", host: "nas", port: 2222))
    #expect(failed.kind == .hostKey)
    #expect(failed.cause == .hostKeyChanged)
    #expect(failed.seen == ["the host shows SHA256:new", "/home/me/.ssh/known_hosts:7 has another one"])
    #expect(failed.fix.last == "only if the two are the same: ssh-keygen -R '[nas]:2222'")
    #expect(
      failed.explanation
        == "the host shows another key than the one in /home/me/.ssh/known_hosts: it was set up anew, another computer has "
        + "its address, or the connection is intercepted")
  }

  @Test func `a wrong password and an unknown account look the same, and the message says so`() {
    let failed = Failure(
      .loginRefused(LoginRefusal(methods: ["publickey", "password"], isPasswordTried: true)), target: target)
    #expect(failed.cause == .wrongPassword)
    #expect(
      failed.explanation
        == "the password is wrong, or the account \"pi\" does not exist, or the server keeps the account out: a list of its "
        + "sshd_config (AllowUsers, DenyUsers, AllowGroups, DenyGroups; for root PermitRootLogin), a locked account, or a "
        + "login shell that is not there. sshd answers the same to all of these"
    )
  }

  static let others: [(HostError, Failure.Kind, String?)] = [
    (.unknownHost("ssh: Could not resolve hostname x: Name or service not known"), .unreachable, "unknown-host"),
    (.unreachable(""), .unreachable, "no-route"),
    (.connectionTimedOut(""), .unreachable, "timeout"),
    (.noBanner("banner line 0: Not allowed at this time"), .unreachable, "penalty"),
    (.noBanner(""), .unreachable, "no-banner"),
    (.noBanner("Connection timed out during banner exchange"), .unreachable, "silent-server"),
    (.noBanner("\(Cause.keyExchangeSign)\nConnection to x timed out"), .unreachable, "key-exchange-hangs"),
    (.noBanner("\(Cause.silentLoginSign)\nConnection to x timed out"), .unreachable, "silent-login"),
    (.hostKeyUnknown(fingerprint: "SHA256:x"), .hostKey, "host-key-unknown"),
    (.hostKeyRevoked(fingerprint: nil), .hostKey, "host-key-revoked"),
    (.noCommonAlgorithm(""), .unreachable, "old-algorithms"),
    (
      .loginRefused(
        LoginRefusal(
          methods: ["publickey"],
          notes: ["Ignored authorized keys: bad ownership or modes for directory /home/pi"])), .denied, "bad-modes"
    ),
    (.loginRefused(LoginRefusal(methods: ["publickey"])), .denied, "keys-only"),
    (.loginRefused(LoginRefusal(methods: ["publickey", "password"])), .denied, "no-way-in"),
    (
      .loginRefused(hungUp("Your account has expired; please contact your system administrator.")), .denied,
      "account-expired"
    ),
    (.loginRefused(hungUp("going down for maintenance")), .denied, "account-refused"),
    (.loginRefused(hungUp("", after: 5)), .denied, "login-time"),
    (.loginRefused(LoginRefusal(methods: ["hostbased", "gssapi-with-mic"])), .denied, "other-methods"),
    (
      .loginRefused(LoginRefusal(methods: ["publickey"], isPasswordTried: true, partialSuccesses: ["password"])),
      .denied, "key-needed-too"
    ),
    (
      .loginRefused(LoginRefusal(methods: ["password"], partialSuccesses: ["publickey"])), .denied, "more-needed"
    ),
    (.tooManyAuthenticationFailures, .denied, "too-many-keys"),
    (.noShell(status: 1, text: "This account is currently not available."), .denied, "no-shell"),
    (.noShell(status: 1, text: "WARNING: Your password has expired."), .denied, "password-expired"),
    (.noShell(status: 1, text: ""), .denied, "other-program"),
    (.noShell(status: 1, text: "This service allows sftp connections only."), .denied, "sftp-only"),
    (.noShell(status: 1, text: "rbash: line 1: exec: restricted"), .denied, "restricted-shell"),
    (
      .noShell(status: 1, text: "", notes: ["/home/pi/.ssh/authorized_keys:3: key options: command agent-forwarding"]),
      .denied, "forced-command"
    ),
    (.silentShell(text: "", notes: []), .denied, "startup-files"),
    (.silentShell(text: "", notes: ["Forced command."]), .denied, "forced-command"),
    (.unclear(what: "ls -ldn /f", answer: "?"), .failed, nil),
    (.rootRefused(.noTool), .root, "no-root-tool"),
    (.rootRefused(.notStarted(text: "fish")), .root, "startup-files"),
    (.rootRefused(.waits(tool: "sudo", text: "Verification code:")), .root, "sudo-waits"),
    (
      .rootRefused(.notAllowed(tool: "sudo", text: "Sorry, user ada is not allowed to execute '/usr/bin/sh' as root.")),
      .root, "sudo-limited"
    ),
    (
      .rootRefused(.unusable(tool: "sudo", text: "sudo: no valid sudoers sources found, quitting")), .root,
      "sudo-unusable"
    ),
    (.rootRefused(.other(tool: "sudo", text: "sudo: something new")), .root, "sudo-refused"),
    (.rootRefused(.other(tool: "sudo", text: "sudo: sh: command not found")), .root, "sudo-path"),
    (.rootRefused(.other(tool: "sudo", text: "sh: 1: id: Permission denied")), .root, "sudo-noexec"),
    (.noShell(status: 127, text: "bash: line 1: exec: sh: not found", notes: []), .denied, "broken-path"),
    (.noShell(status: 1, text: "/bin/bash: No such file or directory", notes: []), .denied, "no-shell-file"),
    (.rootRefused(.notAllowed(tool: "sudo", text: "pi is not in the sudoers file.")), .root, "sudo-not-allowed"),
    (.rootRefused(.wrongPassword(tool: "su")), .root, "sudo-wrong-password"),
    (.rootRefused(.wrongAnswers(tool: "sudo", question: "Code:")), .root, "sudo-wrong-answer"),
    (.rootRefused(.other(tool: "sudo", text: "sudo: sorry, you must have a tty to run sudo")), .root, "sudo-tty"),
    (.timedOut(script: "look", after: .seconds(60)), .timeout, nil),
    (.connectionLost("Broken pipe"), .lost, "lost"),
    (
      .connectionLost("client_loop: send disconnect: Broken pipe\nno command began in the session"), .lost,
      "session-ended"
    ),
    (
      .noShell(status: 255, text: "channel 0: open failed: connect failed: open failed"), .denied, "no-session"
    ),
    (.cancelled, .cancelled, nil),
    (.secretNeeded(.loginPassword(target: "pi@x")), .denied, nil),
    (.client("Bad owner or permissions on /root/.ssh/config"), .client, "client-config-modes"),
    (.client("c line 1: BindAddress ::2\nbind ::2: Cannot assign"), .client, "client-option"),
    (.client("No such file or directory"), .client, nil),
  ]

  @Test func `a password refused behind an accepted key is not told as an account that may not exist`() {
    let refusal = LoginRefusal(methods: ["password"], isPasswordTried: true, partialSuccesses: ["publickey"])
    let failed = Failure(.loginRefused(refusal), target: target)
    #expect(failed.cause == .wrongPassword)
    #expect(
      failed.explanation == "the server accepted the key, so the account's name is right; it refused the password")
  }

  @Test func `a key is advised only where the server takes one`() {
    let password = Failure(.loginRefused(LoginRefusal(methods: ["password"])), target: target)
    #expect(password.fix == ["give a password when asked, with --password-command"])
    let other = Failure(.loginRefused(LoginRefusal(methods: ["hostbased"])), target: target)
    #expect(other.fix == ["an administrator can add publickey to AuthenticationMethods in sshd_config"])
  }

  private static func hungUp(_ words: String, after seconds: Int = 0) -> LoginRefusal {
    var refusal = LoginRefusal(methods: ["publickey", "password"], isPasswordTried: true)
    refusal.hungUpAfter = .password
    refusal.banner = [words]
    refusal.secondsOfSilence = seconds
    return refusal
  }

  @Test("each error has its kind and its cause, and no slot stays open", arguments: others)
  func kinds(error: HostError, kind: Failure.Kind, cause: String?) {
    let failed = Failure(error, target: target)
    #expect(failed.kind == kind)
    #expect(failed.cause?.id == cause)
    #expect(!failed.message.isEmpty)
    for text in [failed.message, failed.explanation ?? ""] + failed.fix { #expect(!text.contains("{"), "\(text)") }
  }

  @Test(
    "the setting for an old server is of the kind that is missing, with an algorithm that ssh knows",
    arguments: [
      (
        "key exchange method found. Their offer: diffie-hellman-group1-sha1",
        "KexAlgorithms +diffie-hellman-group1-sha1"
      ),
      ("host key type found. Their offer: ssh-dss,ssh-rsa", "HostKeyAlgorithms +ssh-rsa"),
      ("cipher found. Their offer: arcfour,3des-cbc,aes128-cbc", "Ciphers +aes128-cbc"),
      ("MAC found. Their offer: hmac-md5", "MACs +hmac-md5"), ("cipher found. Their offer: twofish", nil),
    ] as [(String, String?)])
  func oldServer(words: String, setting: String?) {
    let text = "Unable to negotiate with 10.0.0.2 port 22: no matching \(words)"
    let fix = Failure(.noCommonAlgorithm(text), target: target).fix
    #expect(fix.count == (setting == nil ? 1 : 2))
    #expect(fix.last?.hasSuffix(setting.map { ": \($0)" } ?? "update the older of the two") == true, "\(fix)")
  }

  @Test(
    "an account is put on a list that allows, and taken off a list that denies",
    arguments: [
      ("AllowUsers", "add pi to AllowUsers in sshd_config"), ("DenyUsers", "take pi out of DenyUsers in sshd_config"),
      ("AllowGroups", "put pi into a group of AllowGroups in sshd_config: sudo usermod -aG GROUP pi"),
      ("DenyGroups", "take pi out of the group of DenyGroups in sshd_config: sudo gpasswd -d pi GROUP"),
    ])
  func lists(option: String, fix: String) {
    #expect(Diagnosis(.notAllowedUser, ["option": option, "user": "pi"]).fix.first == fix)
  }
}
