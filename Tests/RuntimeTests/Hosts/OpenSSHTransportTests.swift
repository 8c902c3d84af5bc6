import Foundation
import TestSupport
import Testing

@testable import Hosts

@Suite(.enabled(if: LoopbackServer.isPossible)) struct OpenSSHTransportTests {
  private func transport(
    _ server: LoopbackServer, person: TestPerson = TestPerson(), host: String = "box",
    change: (inout OpenSSHOptions) -> Void = { _ in }
  ) -> OpenSSHTransport {
    var options = server.options
    change(&options)
    return OpenSSHTransport(
      Target(host: host), options: options, secrets: person, hostKeys: person, ledger: ConnectionLedger())
  }

  private func withServer(
    _ options: [String] = [], _ body: (LoopbackServer) async throws -> Void
  ) async throws {
    let server = try await LoopbackServer(options)
    do {
      try await body(server)
      server.stop()
    } catch {
      server.stop()
      throw error
    }
  }

  private func processes() async throws -> [String] {
    let shell = FramedShell(.local, owner: LocalTransport.owner)
    let list = try await shell.run(Script("t", "ps -A -o args")).text
    await shell.close()
    return list.split(separator: "\n").map(String.init)
  }

  private func sshProcesses(_ server: LoopbackServer) async throws -> [String] {
    try await processes().filter { $0.contains(server.folder.path + "/config") }
  }

  @Test("one login brings the greeting, says how it was made, and takes all scripts")
  func oneLogin() async throws {
    try await withServer { server in
      let host = transport(server) { $0.greeting = Script("greeting", "echo hello; id -u") }
      let login = try await host.login()
      #expect(login.greeting.text == "hello\n\(geteuid())")
      #expect(login.method == "publickey")
      #expect(login.acceptedKeyPath == "\(server.folder.path)/id")
      #expect(login.serverSoftware?.hasPrefix("OpenSSH_") == true)
      let bytes = FramedShellTests.everyByte
      let output = try await host.run(Script("t", "cat; echo x >&2; exit 4", input: bytes), as: .login)
      #expect(output == Output(status: 4, stdout: bytes, stderr: Array("x\n".utf8)))
      let log = try String(contentsOf: server.folder.appending(path: "sshd.log"), encoding: .utf8)
      #expect(log.components(separatedBy: "Accepted publickey").count == 2)
      #expect(try await sshProcesses(server).count == 1)
      await host.close()
      let stillThere = try await sshProcesses(server)
      #expect(stillThere == [])
    }
  }

  @Test("a megabyte goes both ways")
  func megabyte() async throws {
    try await withServer { server in
      let host = transport(server)
      let input = (0..<(1 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
      let output = try await host.run(Script("t", "cat", input: input), as: .login)
      #expect(output.stdout == input)
      await host.close()
    }
  }

  @Test("a slow script is ended over there, and the connection goes on")
  func timeout() async throws {
    try await withServer { server in
      let host = transport(server)
      let seconds = "\(Int.random(in: 100_000...999_999))"
      await #expect(throws: HostError.timedOut(script: "slow", after: .milliseconds(300))) {
        try await host.run(
          Script("slow", #"sleep "$1"; sleep "$1""#, [seconds], timeout: .milliseconds(300)), as: .login)
      }
      let left = try await host.run(Script("t", #"ps -A -o args | grep "^sleep $1" | cat"#, [seconds]), as: .login)
      #expect(left.text == "")
      let log = try String(contentsOf: server.folder.appending(path: "sshd.log"), encoding: .utf8)
      #expect(log.components(separatedBy: "Accepted publickey").count == 2)
      await host.close()
      let stillThere = try await sshProcesses(server)
      #expect(stillThere == [])
    }
  }

  @Test("a cancelled run leaves no process behind, here or there")
  func cancellation() async throws {
    try await withServer { server in
      let host = transport(server)
      let seconds = "\(Int.random(in: 100_000...999_999))"
      let running = Task { try await host.run(Script("slow", #"sleep "$1""#, [seconds]), as: .login) }
      let isSleeping = { try await processes().contains("sleep \(seconds)") }
      let hasBegun = try await becomesTrue { try await isSleeping() }
      #expect(hasBegun)
      running.cancel()
      await #expect(throws: HostError.cancelled) { try await running.value }
      await host.close()
      let isLeft = try await isSleeping()
      #expect(!isLeft)
      let stillThere = try await sshProcesses(server)
      #expect(stillThere == [])
    }
  }

  @Test("a login that is cancelled half-way leaves nothing")
  func cancelledLogin() async throws {
    try await withServer { server in
      try server.writeConfig(more: ["ProxyCommand sleep 60"])
      let host = transport(server)
      let login = Task { try await host.login() }
      let isUnderWay = try await becomesTrue { try await !sshProcesses(server).isEmpty }
      #expect(isUnderWay)
      login.cancel()
      await #expect(throws: HostError.self) { try await login.value }
      await host.close()
      let stillThere = try await sshProcesses(server)
      #expect(stillThere == [])
    }
  }

  @Test("a connection that dies is lost, and the next script logs in again")
  func connectionDies() async throws {
    try await withServer { server in
      let host = transport(server)
      let error = await #expect(throws: HostError.self) {
        try await host.run(Script("t", "kill -9 $PPID; sleep 5"), as: .login)
      }
      guard case .connectionLost = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      let output = try await host.run(Script("t", "echo on"), as: .login)
      #expect(output.text == "on")
      await host.close()
    }
  }

  @Test(
    "an unknown host key is shown, and remembered when it is accepted",
    .enabled(if: LoopbackServer.askpassProgram != nil))
  func unknownHostKey() async throws {
    try await withServer { server in
      let known = server.folder.appending(path: "known_hosts")
      let before = try Data(contentsOf: known)
      try Data().write(to: known)
      let refusing = TestPerson(accepts: false)
      let first = transport(server, person: refusing)
      let error = await #expect(throws: HostError.self) { try await first.login() }
      guard case .hostKeyUnknown(let fingerprint, _) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      let shown = "box ssh-ed25519 \(fingerprint ?? "?")"
      #expect(await refusing.hostKeys == [shown])
      await first.close()
      let accepting = TestPerson(accepts: true)
      let second = transport(server, person: accepting)
      _ = try await second.login()
      #expect(await accepting.hostKeys == [shown])
      await second.close()
      let key = { (file: Data) in String(decoding: file, as: UTF8.self).split(whereSeparator: \.isWhitespace)[2] }
      let after = try Data(contentsOf: known)
      #expect(key(after) == key(before))
    }
  }

  @Test("a changed host key stops, and says where the old one stands")
  func changedHostKey() async throws {
    try await withServer { server in
      let known = server.folder.appending(path: "known_hosts")
      let other = try String(contentsOf: server.folder.appending(path: "other.pub"), encoding: .utf8)
      try Data("# nothing\n[127.0.0.1]:\(server.port) \(other)".utf8).write(to: known)
      let host = transport(server, person: TestPerson(accepts: true))
      let error = await #expect(throws: HostError.self) { try await host.login() }
      guard case .hostKeyChanged(let fingerprint, let file, let line, _) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(fingerprint?.hasPrefix("SHA256:") == true)
      #expect(file == known.path)
      #expect(line == 2)
      await host.close()
    }
  }

  @Test("a passphrase is asked for and used", .enabled(if: LoopbackServer.askpassProgram != nil))
  func passphrase() async throws {
    try await withServer { server in
      let locked = server.folder.appending(path: "locked").path
      try LoopbackServer.makeKey(locked, passphrase: "open sesame")
      try FileManager.default.removeItem(at: server.folder.appending(path: "authorized_keys"))
      try FileManager.default.copyItem(atPath: locked + ".pub", toPath: server.folder.path + "/authorized_keys")
      try server.writeConfig(identity: "locked")
      let person = TestPerson(["wrong", "open sesame"])
      let host = transport(server, person: person)
      let login = try await host.login()
      #expect(login.acceptedKeyPath == locked)
      #expect(await person.asked == [.keyPassphrase(path: locked), .keyPassphrase(path: locked)])
      await host.close()
    }
  }

  @Test("a key that is not known is refused, with what the server would take")
  func refused() async throws {
    try await withServer { server in
      try server.writeConfig(identity: "other")
      let host = transport(server)
      let error = await #expect(throws: HostError.self) { try await host.login() }
      guard case .loginRefused(var refusal)? = error else {
        Issue.record("\(error.map { "\($0)" } ?? "let in")")
        return
      }
      // The lines about keys in the user's configuration.
      #expect(refusal.notes.contains { $0.hasSuffix("/config line 7: IdentitiesOnly yes") })
      refusal.notes = []
      #expect(refusal == LoginRefusal(methods: ["publickey"]))
      await host.close()
    }
  }

  @Test("a port where nobody listens is refused, a name that nobody has is unknown")
  func network() async throws {
    try await withServer { server in
      let refused = transport(server) { $0.extra = ["Port=1"] }
      let first = await #expect(throws: HostError.self) { try await refused.login() }
      guard case .connectionRefused = first else {
        Issue.record("\(String(describing: first))")
        return
      }
      let unknown = transport(server) { $0.extra = ["HostName=no-such-host.invalid"] }
      let second = await #expect(throws: HostError.self) { try await unknown.login() }
      guard case .unknownHost = second else {
        Issue.record("\(String(describing: second))")
        return
      }
    }
  }

  @Test("an account that runs something else has no shell")
  func noShell() async throws {
    try await withServer(["ForceCommand echo This account is not available; exit 1"]) { server in
      let host = transport(server)
      await #expect(throws: HostError.noShell(status: 1, text: "This account is not available")) {
        try await host.login()
      }
      await host.close()
    }
  }

  @Test("the key to offer first is offered first")
  func offersFirst() async throws {
    try await withServer { server in
      let other = server.folder.path + "/other"
      let host = transport(server) { $0.offering = { [other] } }
      let login = try await host.login()
      #expect(login.refusedKeys.count == 1)
      #expect(login.acceptedKeyPath == server.folder.path + "/id")
      await host.close()
    }
  }

  @Test("a fresh login proves the right key and no other")
  func freshLogin() async throws {
    try await withServer { server in
      try server.writeConfig(identity: "id", more: [])
      let fresh = FreshLogin(options: server.options, ledger: ConnectionLedger())
      let good = try await fresh.prove(Target(host: "box"), keyPath: server.folder.path + "/id")
      #expect(good.isIn)
      #expect(good.login.method == "publickey")
      try server.writeConfig(identity: "other")
      let bad = try await fresh.prove(Target(host: "box"), keyPath: server.folder.path + "/other")
      #expect(!bad.isIn)
      #expect(bad.error == .loginRefused(LoginRefusal(methods: ["publickey"])))
    }
  }

  @Test func `a key that the configuration names for the host does not stand in for the one in question`() async throws
  {
    try await withServer { server in
      let id = server.folder.path + "/id"
      let other = server.folder.path + "/other"
      let fresh = FreshLogin(options: server.options, ledger: ConnectionLedger())
      let seen = try await fresh.prove(Target(host: "box"), keyPath: other)
      #expect(!seen.isIn)
      #expect(seen.error == nil)
      let print = try #require(PrivateKeyFile.fingerprint(id))
      #expect(seen.otherKey == "\(print) (\(id))")
      let meant = try await fresh.prove(
        Target(host: "box"), keyPath: id, fingerprint: PrivateKeyFile.fingerprint(other))
      #expect(!meant.isIn)
    }
  }

  @Test func `the user's own login goes by their configuration, and options with which it works are found`()
    async throws
  {
    try await withServer { server in
      let id = server.folder.path + "/id"
      let request = FreshLoginRequest(keyPath: id, fingerprint: PrivateKeyFile.fingerprint(id))
      let fresh = FreshLogin(options: server.options, ledger: ConnectionLedger())
      try server.writeConfig(identity: "other")
      let refused = try await fresh.asTheUser(Target(host: "box"), request)
      #expect(!refused.isIn)
      #expect(refused.remedy == [ClientOption("IdentityFile", id)])
      #expect(refused.obstacles.contains { $0.hasSuffix(": IdentityFile \(server.folder.path)/other") })
      try server.writeConfig()
      let accepted = try await fresh.asTheUser(Target(host: "box"), request)
      #expect(accepted.isIn)
      #expect(accepted.remedy == [])
    }
  }

  @Test(.enabled(if: LoopbackServer.askpassProgram != nil))
  func `a host key that a login has accepted holds for proofs without known_hosts`() async throws {
    try await withServer { server in
      try server.writeConfig(more: ["UserKnownHostsFile /dev/null"])
      let options = server.options
      let id = server.folder.path + "/id"
      let fresh = FreshLogin(options: options, ledger: ConnectionLedger())
      #expect(try await !fresh.prove(Target(host: "box"), keyPath: id).isIn)
      let person = TestPerson(accepts: true)
      let host = OpenSSHTransport(
        Target(host: "box"), options: options, secrets: person, hostKeys: person, ledger: ConnectionLedger())
      _ = try await host.login()
      await host.close()
      #expect(try await fresh.prove(Target(host: "box"), keyPath: id).isIn)
      #expect(await person.hostKeys.count == 1)
    }
  }

  @Test func `a PEM key without public half is proved`() async throws {
    try await withServer { server in
      let id = server.folder.path + "/id"
      let pem = server.folder.path + "/pem"
      _ = try ChildProcess.run(
        "/usr/bin/ssh-keygen", ["-q", "-t", "rsa", "-b", "3072", "-m", "PEM", "-N", "", "-f", pem])
      try FileManager.default.removeItem(atPath: server.folder.path + "/authorized_keys")
      try FileManager.default.moveItem(atPath: pem + ".pub", toPath: server.folder.path + "/authorized_keys")
      let fresh = FreshLogin(options: server.options, ledger: ConnectionLedger())
      let seen = try await fresh.prove(Target(host: "box"), keyPath: pem)
      #expect(seen.isIn, "\(seen)")
      #expect(seen.login.acceptedKeyPath == pem)
      let bad = try await fresh.prove(Target(host: "box"), keyPath: id)
      #expect(!bad.isIn)
    }
  }

  @Test func `a forced command that repeats what it was asked proves nothing, from another host either`() {
    let nonce = FreshLogin.nonce()
    let target = Target(user: "pi", host: "nas", port: 22)
    let log = """
      debug1: Offering public key: /home/pi/id ED25519 SHA256:one explicit
      debug1: Server accepts key: /home/pi/id ED25519 SHA256:one explicit
      Authenticated to nas ([192.0.2.1]:22) using "publickey".

      """
    func outcome(_ printed: String, _ key: String = "SHA256:one") -> FreshLogin.Outcome {
      let output = Hosts.Output(stdout: Array(printed.utf8), stderr: Array(log.utf8))
      return FreshLogin.outcome(
        of: output, nonce: nonce, target: target, keyPath: "/home/pi/id", fingerprint: key)
    }
    let asked = FreshLogin.command(answering: nonce)
    #expect(FreshLogin.script(to: target, keyPath: "/home/pi/id", nonce: nonce).arguments.contains(asked))
    #expect(!outcome(asked + "\n").isIn)
    #expect(outcome(asked + "\n").error == .noShell(status: 0, text: asked))
    #expect(outcome(nonce + "\n").isIn)
    #expect(!outcome(nonce + "\n", "SHA256:two").isIn)
  }
}
