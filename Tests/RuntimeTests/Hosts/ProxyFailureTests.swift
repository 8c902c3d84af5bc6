import Testing

@testable import Formats
@testable import Hosts

/// A failure at a jump host is reported as the jump host's, and not as the target's.
@Suite struct ProxyFailureTests {
  private static let command = "debug1: Executing proxy command: exec ssh -l pi -p 2222 -v -W '[nas]:22' jump\n"
  private static let hungUp = """
    kex_exchange_identification: Connection closed by remote host
    Connection closed by UNKNOWN port 65535

    """
  /// The words of a jump host do not name the place.
  private static let place = " (connect to host nas port 22)"
  private static let authenticated = "Authenticated to jump ([192.0.2.1]:2222) using \"publickey\".\n"

  private static func error(_ words: String, log: String? = nil, isPasswordTried: Bool = false) -> HostError? {
    let log = log ?? command + hungUp
    return LoginFailure(
      logBytes: Array(log.utf8), target: "nas",
      answers: LoginQuestions.Answers(isJumpPasswordTried: isPasswordTried)
    ).error(ShellEnd(status: 255, hadBegun: false, noise: words))
  }

  @Test(arguments: [
    (
      "ssh: Could not resolve hostname jump: Name or service not known", "jump",
      HostError.unknownHost("ssh: Could not resolve hostname jump: Name or service not known")
    ),
    (
      "ssh: connect to host jump port 2222: Connection refused", "jump:2222",
      .connectionRefused("ssh: connect to host jump port 2222: Connection refused")
    ),
    (
      "debug1: Authentications that can continue: publickey,password\npi@jump: Permission denied (publickey,password).",
      "pi@jump", .loginRefused(LoginRefusal(methods: ["publickey", "password"]))
    ),
    (
      "No ED25519 host key is known for jump and you have requested strict checking.\nHost key verification failed.",
      "jump", .hostKeyUnknown(fingerprint: nil)
    ),
    (
      "@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\nOffending ED25519 key in /home/me/.ssh/known_hosts:7\n"
        + "Host key for jump has changed and you have requested strict checking.\nHost key verification failed.",
      "jump",
      .hostKeyChanged(fingerprint: nil, file: "/home/me/.ssh/known_hosts", line: 7, name: "jump")
    ),
  ])
  func `a jump host's own fault`(_ words: String, _ name: String, _ wanted: HostError) {
    #expect(Self.error(words + "\r\n") == .jumpHost(name, wanted))
  }

  @Test func `the first of two jump hosts is named, and not the second that only heard nothing`() {
    let log = "debug1: Executing proxy command: exec ssh -J one -v -W '[nas]:22' two\n" + Self.hungUp
    let words = "ssh: connect to host one port 22: No route to host\n" + Self.hungUp
    #expect(
      Self.error(words, log: log)
        == .jumpHost("one:22", .unreachable("ssh: connect to host one port 22: No route to host")))
  }

  @Test func `a wrong password at the jump host is one`() {
    let words = "debug1: Authentications that can continue: password\npi@jump: Permission denied (password)."
    #expect(
      Self.error(words, isPasswordTried: true)
        == .jumpHost("pi@jump", .loginRefused(LoginRefusal(methods: ["password"], isPasswordTried: true))))
  }

  @Test func `what lies behind the jump host is seen from there`() {
    let refused = "channel 0: open failed: connect failed: Connection refused"
    #expect(
      Self.error(Self.authenticated + refused + "\nstdio forwarding failed\n")
        == .beyondJumpHost("jump", .connectionRefused(refused + Self.place)))
    let unknown = "channel 0: open failed: connect failed: Name or service not known"
    #expect(Self.error(Self.authenticated + unknown) == .beyondJumpHost("jump", .unknownHost(unknown + Self.place)))
    let forbidden = "channel 0: open failed: administratively prohibited: open failed"
    #expect(Self.error(Self.authenticated + forbidden) == .forwardingRefused(jump: "jump", forbidden + Self.place))
  }

  @Test func `a server that hangs up behind a jump host is the target`() {
    #expect(
      Self.error(Self.authenticated) == .noBanner("kex_exchange_identification: Connection closed by remote host"))
  }

  @Test func `a jump host that does not answer is named`() {
    let log = Self.command + "Connection timed out during banner exchange\nConnection to UNKNOWN port 65535 timed out\n"
    #expect(
      Self.error("debug1: Connecting to jump [192.0.2.1] port 2222.\n", log: log)
        == .jumpHost("jump", .connectionTimedOut("no answer from jump")))
  }

  @Test func `another program's words are shown`() {
    let log = "debug1: Executing proxy command: exec nc nas 22\n" + Self.hungUp
    #expect(
      Self.error("sh: 1: exec: nc: not found\n", log: log)
        == .proxyCommand("nc nas 22", said: ["sh: 1: exec: nc: not found"]))
    #expect(Self.error("", log: log) == .proxyCommand("nc nas 22", said: []))
    let refused = "nc: connect to nas port 22 (tcp) failed: Connection refused"
    #expect(Self.error(refused, log: log) == .connectionRefused(refused))
  }

  @Test func `a program that stays silent is not said to have ended`() {
    let proxy = "debug1: Executing proxy command: exec sleep 1000\n"
    let late = "Connection timed out during banner exchange"
    #expect(
      Self.error("", log: proxy + late + "\nConnection to UNKNOWN port 65535 timed out\n")
        == .proxyCommand("sleep 1000", said: [late]))
    let odd = "kex_exchange_identification: banner line contains invalid characters"
    #expect(
      Self.error("", log: proxy + odd + "\nbanner exchange: Connection to UNKNOWN port 65535: invalid format\n")
        == .proxyCommand("sleep 1000", said: [odd]))
  }

  @Test func `of a program that writes without end, the last lines are kept`() {
    let log = "debug1: Executing proxy command: exec yes\n" + Self.hungUp
    #expect(
      Self.error(String(repeating: "y\n", count: 10_000), log: log)
        == .proxyCommand("yes", said: Array(repeating: "y", count: 8)))
  }

  @Test func `advice names the address and port of the configuration, and not of the alias`() throws {
    let target = Target(host: "alias")
    func said(_ error: HostError) throws -> (String, [String]) {
      let diagnosis = try #require(error.diagnosis(target: target))
      return (diagnosis.explanation, diagnosis.fix)
    }
    let refused = HostError.connectionRefused("channel 0: open failed: connect failed: Connection refused" + Self.place)
    #expect(try said(.beyondJumpHost("jump", refused)).0.contains("listens on port 22:"))
    let unreachable = HostError.unreachable("ssh: connect to host 192.0.2.7 port 22: No route to host")
    #expect(try said(unreachable).1 == ["see whether the host is on and has this address: ping 192.0.2.7"])
    let unknown = HostError.unknownHost("ssh: Could not resolve hostname nas: Name or service not known")
    #expect(try said(unknown).0 == "no address belongs to the name \"nas\"")
    let forbidden = HostError.forwardingRefused(jump: "jump", "administratively prohibited" + Self.place)
    #expect(
      try said(forbidden).1 == [
        "on the jump host, in sshd_config: AllowTcpForwarding local, and no PermitOpen without nas:22"
      ])
  }

  @Test func `a rehearsal's own command is not one of the user's`() {
    let log =
      "debug1: Executing proxy command: exec \"ssh\" -S \"/s\" -o ProxyCommand=false -T -- host x\n" + Self.hungUp
    #expect(
      Self.error("Permission denied (publickey).", log: log)
        == .noBanner("kex_exchange_identification: Connection closed by remote host"))
  }

  @Test func `an address that failed before another answered is not the error`() {
    let log = """
      debug1: connect to address 2001:db8::1 port 22: Connection refused
      debug1: Remote protocol version 2.0, remote software version OpenSSH_9.2
      debug1: Authentications that can continue: publickey
      pi@nas: Permission denied (publickey).
      """
    #expect(Self.error("", log: log) == .loginRefused(LoginRefusal(methods: ["publickey"])))
  }
}
