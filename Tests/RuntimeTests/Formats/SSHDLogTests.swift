import Testing

@testable import Formats

@Suite struct SSHDLogTests {
  private static let lines = [
    "Nov 29 08:00:00 pi sshd[10]: userauth_pubkey: signature algorithm ssh-rsa not in PubkeyAcceptedAlgorithms [preauth]",
    "Nov 29 08:00:00 pi sshd[10]: Connection closed by authenticating user pi 10.0.0.1 port 5000 [preauth]",
    "Nov 29 08:00:01 pi sudo[99]: pam_unix(sudo:session): session opened for user root(uid=0) by pi(uid=1000)",
    "Nov 29 08:00:01 pi sshd-session[12]: error: key revoked by file /etc/ssh/revoked",
    "Nov 29 08:00:02 pi sshd[11]: Accepted password for pi from 10.0.0.1 port 5001 ssh2",
    "Nov 29 08:00:02 pi sshd-session[12]: Connection closed by authenticating user pi 10.0.0.1 port 5002 [preauth]",
    "Nov 29 08:00:03 pi sshd[13]: Connection closed by authenticating user eve 10.0.0.9 port 5003 [preauth]",
  ]

  @Test func `the newest refusal of an address is that connection's own messages, and no other's`() {
    #expect(
      SSHDLog(Self.lines).newestRefusal(of: "10.0.0.1") == [
        "error: key revoked by file /etc/ssh/revoked",
        "Connection closed by authenticating user pi 10.0.0.1 port 5002 [preauth]",
      ])
    #expect(SSHDLog(Self.lines).newestRefusal(of: "eve").count == 1)
    #expect(SSHDLog(Self.lines).newestRefusal(of: "10.0.0.2") == [])
  }
}
