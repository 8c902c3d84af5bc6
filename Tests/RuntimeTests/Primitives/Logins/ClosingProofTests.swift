import Testing

@testable import Contract
@testable import Diagnosis
@testable import Hosts
@testable import LoginSafety
@testable import Values

@Suite struct ClosingProofTests {
  private static func prove(_ pi: ShellHost, _ services: TestServices) async throws {
    let writer = ApplyWriter(host: pi.host, runID: "run")
    try await ClosingProof(reader: pi.reader, services: services, branch: 0, writer: writer)()
  }

  @Test func `a run that changed nothing needs no login`() async throws {
    let services = TestServices()
    let pi = try ShellHost(services: services)
    try await Self.prove(pi, services)
    #expect(services.requests == [])
  }

  @Test func `one login proves everything before it`() async throws {
    let services = TestServices(logins: [FreshLoginResult(isIn: true, login: Login())])
    let pi = try ShellHost(services: services)
    pi.host.changes(asRoot: false)
    pi.host.changes(asRoot: false)
    try await Self.prove(pi, services)
    #expect(services.requests.count == 1)
    #expect(pi.host.unproved.isEmpty)
  }

  @Test func `a login that began before the last change does not count`() throws {
    let pi = try ShellHost()
    pi.host.changes(asRoot: true)
    let begun = pi.host.unproved.changes
    pi.host.changes(asRoot: true)
    pi.host.loginWorked(after: begun)
    #expect(pi.host.unproved.login)
    pi.host.loginWorked(after: begun + 1)
    #expect(!pi.host.unproved.login)
    #expect(pi.host.unproved.root)
  }

  @Test func `without a login, and without a watchdog, the end is unknown`() async throws {
    let services = TestServices()
    let pi = try ShellHost(services: services)
    pi.host.changes(asRoot: false)
    let failure = await #expect(throws: Failure.self) { try await Self.prove(pi, services) }
    #expect(failure?.kind == .unknown)
    #expect(failure?.gate == .proof)
  }

  @Test func `edits left to the run's watchdog are not called rolled back without its word`() async throws {
    let services = TestServices(logins: [FreshLoginResult(isIn: true, login: Login())])
    let pi = try ShellHost(services: services)
    _ = pi.host.startRunWatchdog(as: .login)
    pi.host.leaveToRunWatchdog([PendingRestart(path: "/etc/ssh/sshd_config", before: [], after: [0x0A])])
    let failure = await #expect(throws: Failure.self) { try await Self.prove(pi, services) }
    #expect(failure?.kind == .unknown)
    #expect(
      failure?.message == "sshd's configuration could not be restored over the connection; the host does not answer, "
        + "so it is unknown whether its watchdog has rolled back")
    pi.host.endRunWatchdog()
    #expect(!pi.host.isLeftToRunWatchdog)
  }

  @Test func `a wait that the user was told ends with its time, whatever it waits for`() async throws {
    let clock = ContinuousClock()
    let start = clock.now
    let value = try await Deadline.value(before: start + .milliseconds(50)) {
      try await Task.sleep(for: .seconds(600))
      return 1
    }
    #expect(value == nil)
    #expect(clock.now - start < .seconds(60))
    #expect(try await Deadline.value(before: clock.now + .seconds(600)) { 1 } == 1)
    #expect(try await Deadline.value(before: nil) { 1 } == 1)
  }

  static let apart: [(String, Account, Bool)] = [
    ("/home/pi/notes", .login, true), ("/home/pi/bin/tool", .login, true), ("/home/pi", .login, false),
    ("/home/pi/.bashrc", .login, false), ("/home/pi/bin/.tool", .login, false), ("/home/pi/notes", .root, false),
    ("/home/pia/notes", .login, false), ("/home/pi/../x", .login, false), ("/etc/motd", .login, false),
  ]

  @Test("only the account's own files in plain sight are apart from logins", arguments: apart)
  func isApart(_ path: String, _ account: Account, _ expected: Bool) {
    var facts = Facts()
    (facts.userID, facts.home) = (1000, "/home/pi")
    #expect(LoginFiles.isApart(Act(.remove(path: path), as: account), facts) == expected)
  }
}
