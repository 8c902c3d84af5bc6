import Testing

@testable import Hosts
@testable import LoginSafety
@testable import Runs
@testable import Values

/// Which changes an undo proves, and how.
@Suite struct UndoRiskTests {
  private static let local = "/etc/ssh/local/mine.conf"
  private static let way = KeyLocations(keysPaths: [KeysHost.keysPath], isStrict: true, includes: [local])

  private static func act(
    _ path: String, _ kind: RecordedAct.FileAct.Kind = .replaceFile, isConfig: Bool = false
  ) -> PastAct {
    let file = RecordedAct.FileAct(kind: kind, path: path, before: BeforeImage(exists: false), isConfig: isConfig)
    let act = RecordedAct(number: 1, host: "pi", account: .login, summary: "", subject: .file(file))
    return PastAct(time: 1, recorded: act, isDone: true)
  }

  @Test func `sshd's configuration is what sshd includes, or did, wherever it stands`() async throws {
    let main = "/etc/ssh/sshd_config"
    let acts = [
      Self.act(main), Self.act(main, .setMode), Self.act("/etc/ssh/sshd_config.d/a.conf"),
      Self.act(Self.local, .remove), Self.act("/srv/sshd.conf", isConfig: true),
      Self.act("/etc/ssh/sshd_config.old"), Self.act("/etc/ssh/ssh_host_rsa_key.pub"),
    ]
    let stakes = try await UndoRisk(of: acts, KeysHost().reader(Self.way))
    #expect(stakes.config == ["/etc/ssh/local/mine.conf", main, "/etc/ssh/sshd_config.d/a.conf", "/srv/sshd.conf"])
    #expect(acts.map { stakes.isConfig($0.recorded) } == [true, false, true, true, true, false, false])
  }

  private static let removing = Act(.remove(path: KeysHost.keysPath))
  private static let opening = Act(.setMode(path: "/home/pi", mode: FileMode(bits: 0o777)))
  private static let startup = Act(.remove(path: "/home/pi/.bashrc"))
  private static let notes = Act(.remove(path: "/home/pi/notes"))

  static let cases: [(String, Act, needs: [Bool])] = [
    ("the key goes", removing, [true, false, true, true]),
    ("the home is opened", opening, [true, false, true, true]),
    ("a startup file goes", startup, [true, true, true, true]),
    ("a file that nobody asks goes", notes, [false, false, false, false]),
  ]

  @Test(
    "a proof is needed after a login by key, by password, by one before sshd's reload, and with a watchdog at work",
    arguments: cases)
  func proofs(name: String, act: Act, needs: [Bool]) async throws {
    let byKey = try await UndoRisk(of: [], KeysHost().reader(Self.way))
    let byPassword = try await UndoRisk(of: [], KeysHost(method: "password").reader(Self.way))
    var isOld = byPassword
    isOld.isLoginOld = true
    #expect(
      [
        try await byKey.needProof([act], isGuarded: false), try await byPassword.needProof([act], isGuarded: false),
        try await isOld.needProof([act], isGuarded: false), try await byPassword.needProof([act], isGuarded: true),
      ] == needs)
  }

  @Test func `on this computer nothing is`() async throws {
    let pi = try ShellHost(isHere: true)
    let acts = [Self.act("/etc/ssh/sshd_config")]
    let stakes = try await UndoRisk(of: acts, pi.reader)
    #expect(stakes.config == [])
    #expect(try await stakes.needProof([Act(.remove(path: "/etc/nologin"))], isGuarded: true) == false)
  }
}
