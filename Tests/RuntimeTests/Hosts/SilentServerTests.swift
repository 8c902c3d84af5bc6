import Diagnosis
import Testing

@testable import Hosts

/// A server that stops talking, at each place of a login.
@Suite struct SilentServerTests {
  private static let greeted = "debug1: Remote protocol version 2.0, remote software version OpenSSH_9.2p1\n"
  private static let exchanged = greeted + "debug1: SSH2_MSG_NEWKEYS received\n"
  private static let offered = exchanged + "debug1: Authentications that can continue: publickey,password\n"
  private static let end = "Connection to 10.0.0.2 port 22 timed out\n"

  @Test(arguments: [
    ("Connection timed out during banner exchange\n" + end, "silent-server"), (greeted + end, "key-exchange-hangs"),
    (exchanged + end, "silent-login"), (offered + end, "silent-login"),
    ("ssh: connect to host x port 22: Connection timed out\n", "timeout"),
  ])
  func `the place of the silence is told`(log: String, cause: String) {
    let failure = LoginFailure(logBytes: Array(log.utf8), target: "pi@x")
    let error = failure.error(ShellEnd(status: 255, hadBegun: false, noise: ""))
    #expect(error.diagnosis(target: Target(host: "x"))?.cause.id == cause)
    #expect(error.kind == .unreachable)
  }
}
