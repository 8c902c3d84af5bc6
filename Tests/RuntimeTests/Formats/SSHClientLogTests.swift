import Testing

@testable import Formats
@testable import Hosts

@Suite("the output of ssh -v")
struct SSHClientLogTests {
  typealias Key = SSHClientLog.Key

  @Test("a login with a key, as 9.2 prints it")
  func login() {
    let log = SSHClientLog(
      """
      OpenSSH_9.2p1 Debian-2, OpenSSL 3.0.19 27 Jan 2026\r
      debug1: Connecting to nas1 [192.168.1.20] port 22.\r
      debug1: Remote protocol version 2.0, remote software version OpenSSH_8.2\r
      debug1: Server host key: ssh-ed25519 SHA256:hostkey\r
      Warning: Permanently added 'nas1' (ED25519) to the list of known hosts.\r
      debug1: Authentications that can continue: publickey,password\r
      debug1: Offering public key: alice@laptop RSA SHA256:one agent\r
      debug1: Authentications that can continue: publickey,password\r
      debug1: Offering public key: /home/al/my keys/id ED25519 SHA256:two explicit agent\r
      debug1: Server accepts key: /home/al/my keys/id ED25519 SHA256:two explicit agent\r
      Authenticated to nas1 ([192.168.1.20]:22) using "publickey".\r
      debug1: Remote: /home/al/.ssh/authorized_keys:1: key options: agent-forwarding pty\r
      debug1: Remote: /home/al/.ssh/authorized_keys:1: key options: agent-forwarding pty\r
      Permission denied, said the remote program
      """)
    let two = Key(
      path: "/home/al/my keys/id", type: "ED25519", fingerprint: "SHA256:two", origins: [.explicit, .agent])
    #expect(log.serverSoftware == "OpenSSH_8.2")
    #expect(log.hostKey == SSHClientLog.HostKey(type: "ssh-ed25519", fingerprint: "SHA256:hostkey"))
    #expect(
      log.offered == [Key(path: "alice@laptop", type: "RSA", fingerprint: "SHA256:one", origins: [.agent]), two])
    #expect(log.accepted == [two])
    #expect(log.key == two)
    #expect(log.authenticatedBy == "publickey")
    #expect(log.methodsThatCanContinue == ["publickey", "password"])
    #expect(log.remoteNotes == ["/home/al/.ssh/authorized_keys:1: key options: agent-forwarding pty"])
    #expect(log.messages == [])
    #expect(log.finalError == nil)
  }

  @Test func `a key without public half is not offered first, and is still the key of the login`() {
    let log = SSHClientLog(
      """
      debug1: Offering public key: /home/al/.ssh/old RSA SHA256:one explicit
      debug1: Authentications that can continue: publickey
      debug1: Trying private key: /home/al/.ssh/id_rsa
      Authenticated to nas1 ([192.168.1.20]:22) using "publickey".
      """)
    #expect(log.accepted == [])
    #expect(log.key == Key(path: "/home/al/.ssh/id_rsa", type: "", fingerprint: "", origins: [.file]))
    let login = Login(log)
    #expect(login.acceptedKey == nil)
    #expect(login.acceptedKeyPath == "/home/al/.ssh/id_rsa")
  }

  @Test func `a login by password has no key`() {
    let log = SSHClientLog(
      """
      debug1: Server accepts key: /home/al/id RSA SHA256:one explicit
      debug1: Trying private key: /home/al/.ssh/id_rsa
      Authenticated to nas1 ([192.168.1.20]:22) using "password".
      """)
    #expect(log.key == nil)
  }

  @Test(
    "the offered key and the method, in the forms of older clients",
    arguments: [
      ("debug1: Offering RSA public key: /home/al/.ssh/id_rsa", "/home/al/.ssh/id_rsa", "", ""),
      ("debug1: Offering public key: RSA SHA256:one /home/al/a b", "/home/al/a b", "RSA", "SHA256:one"),
      ("debug1: Offering public key: /home/al/id RSA SHA256:one", "/home/al/id", "RSA", "SHA256:one"),
    ])
  func olderClients(line: String, path: String, type: String, fingerprint: String) {
    let log = SSHClientLog(
      """
      \(line)
      debug1: Server accepts key: pkalg ssh-rsa blen 279
      debug1: Authentication succeeded (publickey).
      Authenticated to nas1 ([192.168.1.20]:22).
      """)
    let key = Key(path: path, type: type, fingerprint: fingerprint, origins: [.file])
    #expect(log.offered == [key])
    #expect(log.accepted == [key])
    #expect(log.authenticatedBy == "publickey")
  }

  @Test(
    "the last message of a failed login",
    arguments: [
      "al@nas1: Permission denied (publickey,password).", "Host key verification failed.",
      "ssh: connect to host nas1 port 22: Connection refused",
      "kex_exchange_identification: Connection closed by remote host",
      "Received disconnect from 192.168.1.20 port 22:2: Too many authentication failures",
    ])
  func finalError(line: String) {
    let log = SSHClientLog("debug1: Connecting to nas1 port 22.\nsomething before\n\(line)\r\n")
    #expect(log.finalError == line)
    #expect(log.messages == ["something before", line])
    #expect(!log.isAuthenticated)
  }

  @Test("an agent that does not sign, and an unusable key")
  func keyFailures() {
    let refused = #"sign_and_send_pubkey: signing failed for ED25519 "x" from agent: agent refused operation"#
    let modes = #"Load key "/home/al/.ssh/id_rsa": bad permissions"#
    let log = SSHClientLog(
      "\(refused)\n\(modes)\ndebug1: send_pubkey_test: no mutual signature algorithm\nx: Permission denied (publickey).\n"
    )
    #expect(log.agentFailures == [refused])
    #expect(log.keyProblems == [modes, "send_pubkey_test: no mutual signature algorithm"])
    #expect(log.finalError == "x: Permission denied (publickey).")
  }

  @Test("a key that is accepted but does not suffice", arguments: ["debug1: ", ""])
  func partialSuccess(prefix: String) {
    let log = SSHClientLog(
      """
      \(prefix)Authenticated using "publickey" with partial success.
      debug1: Authentications that can continue: password
      al@nas1: Permission denied (password).
      """)
    #expect(log.partialSuccesses == ["publickey"])
    #expect(log.methodsThatCanContinue == ["password"])
    #expect(!log.isAuthenticated)
  }
}
