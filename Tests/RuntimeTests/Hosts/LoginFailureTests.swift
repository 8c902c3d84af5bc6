import Diagnosis
import Foundation
import Testing

@testable import Hosts

/// The end of a login that the server did not judge.
@Suite struct LoginFailureTests {
  private static let start = "debug1: Remote protocol version 2.0, remote software version OpenSSH_9.2p1\n"

  private func cause(
    _ log: String, _ answers: LoginQuestions.Answers = .init(), times: LoginQuestions.Times = .init()
  ) -> String? {
    let failure = LoginFailure(
      logBytes: Array((Self.start + log).utf8), target: "pi@x", answers: answers, times: times)
    let error = failure.error(ShellEnd(status: 255, hadBegun: false, noise: ""))
    return error.diagnosis(target: Target(user: "pi", host: "x"))?.cause.id
  }

  @Test(arguments: [
    "Received disconnect from 10.0.0.2 port 22:2: no authentication methods enabled\nDisconnected from 10.0.0.2 port 22\n",
    "debug1: Authentications that can continue: \npi@x: Permission denied ().\n",
  ])
  func `a server without any method is told as such`(log: String) {
    #expect(cause(log) == "no-methods")
    #expect(cause(log, .init(isPasswordTried: true)) == "no-methods")
  }

  @Test func `a server that hangs up after its greeting is an SSH server`() {
    #expect(cause("Connection closed by 10.0.0.2 port 22\n") == "hung-up")
  }

  @Test(arguments: [
    "padding error: need 66047 block 8 mod 7\nssh_dispatch_run_fatal: Connection to x port 22: "
      + "message authentication code incorrect\n",
    "Bad packet length 1349676916.\nssh_dispatch_run_fatal: Connection to x port 22: Connection corrupted\n",
  ])
  func `a server that sends damaged packets is no fault of this computer's ssh`(log: String) {
    #expect(cause(log) == "damaged")
  }

  @Test func `a certificate that the server does not accept is named`() throws {
    let log =
      "debug1: Offering public key: /k/id ED25519-CERT SHA256:x explicit\n"
      + "debug1: Authentications that can continue: publickey\npi@x: Permission denied (publickey).\n"
    let failure = LoginFailure(logBytes: Array((Self.start + log).utf8), target: "pi@x")
    let error = failure.error(ShellEnd(status: 255, hadBegun: false, noise: ""))
    let fix = try #require(error.diagnosis(target: Target(host: "x"))?.fix)
    #expect(fix.last?.hasSuffix("see its names, time and options: ssh-keygen -Lf /k/id") == true, "\(fix)")
  }

  @Test func `a command of a certificate is not looked for in authorized_keys`() {
    let error = HostError.noShell(status: 1, text: "", notes: ["cert: key options: command pty"])
    #expect(error.diagnosis(target: Target(host: "x"))?.cause.id == "forced-certificate")
  }

  @Test func `a certificate of the host that is not valid is told as such`() {
    let end = "No ED25519 host key is known for x and you have requested strict checking.\n"
    #expect(cause(end) == "host-key-unknown")
    #expect(cause("Certificate invalid: expired\n" + end) == "host-certificate")
  }

  @Test(arguments: [
    (0, 0, "account-refused"), (2, 2, "account-refused"), (5, 5, "login-time"), (0, 7, "account-refused"),
    (0, 100, "login-time"),
  ])
  func `the end of a login that took long is no refusal by PAM`(silence: Int, login: Int, id: String) {
    let log = "debug1: Authentications that can continue: publickey,password\nConnection closed by 10.0.0.2 port 22\n"
    let times = LoginQuestions.Times(start: .now - .seconds(login), lastAnswer: .now - .seconds(silence))
    #expect(cause(log, .init(isPasswordTried: true), times: times) == id)
  }

  @Test(arguments: [
    "debug1: Authentications that can continue: publickey,password\nConnection closed by 10.0.0.2 port 22\n",
    "Connection reset by 10.0.0.2 port 22\n",
  ])
  func `an end while a prompt was open is no refusal, however soon it came`(log: String) {
    let times = LoginQuestions.Times(start: .now - .seconds(5), lastAnswer: .now)
    #expect(cause(log, .init(isPasswordTried: true, isTooLate: true), times: times) == "login-time")
    #expect(cause(log, .init(questions: ["Code:"], isTooLate: true), times: times) == "login-time")
    #expect(cause(log, .init(isTooLate: true), times: times) == "login-time")
  }

  #if os(Linux)
    @Test func `the end by the server is seen from beside a process that waits`() throws {
      let listener = try TestListener()
      let client = Process()
      client.executableURL = URL(fileURLWithPath: "/bin/bash")
      client.arguments = ["-c", "exec 3<>/dev/tcp/127.0.0.1/\(listener.port); exec sleep 60"]
      try client.run()
      defer { client.terminate() }
      let connection = listener.accepted()
      #expect(!ClientConnection.isClosedByServer(of: client.processIdentifier))
      close(connection)
      let end = ContinuousClock.now + .seconds(10)
      while !ClientConnection.isClosedByServer(of: client.processIdentifier), .now < end { usleep(1000) }
      #expect(ClientConnection.isClosedByServer(of: client.processIdentifier))
    }
  #endif
}
