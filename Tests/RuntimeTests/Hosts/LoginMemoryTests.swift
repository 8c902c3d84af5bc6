import Foundation
import TestSupport
import Testing

@testable import Hosts

/// The first script of a login within the login's command, if the last login has shown that the account's shell can
/// read the script there.
@Suite(.enabled(if: LoopbackServer.isPossible)) struct LoginMemoryTests {
  private let target = Target(host: "box")

  private func login(
    _ server: LoopbackServer, _ memory: LoginMemory, greeting: Script = Reader.greeting(for: [])
  ) async throws -> (transport: OpenSSHTransport, login: Login) {
    var options = server.options
    options.memory = memory
    options.greeting = greeting
    let person = TestPerson()
    let host = OpenSSHTransport(
      target, options: options, secrets: person, hostKeys: person, ledger: ConnectionLedger())
    return (host, try await host.login())
  }

  @Test func `a later login runs its first script by its command, and the shell is as clean as after the first`()
    async throws
  {
    let server = try await LoopbackServer([])
    defer { server.stop() }
    let memory = LoginMemory(folder: server.folder.appending(path: "logins").path, isReadOnly: false)
    var seen: [[String]] = []
    for isKnown in [false, true] {
      #expect(memory.knows(target) == isKnown)
      let (host, login) = try await login(server, memory)
      let facts = try LoginProbe.parse(login.greeting.stdout).facts
      let state = try await host.run(Script("t", "echo $PATH; echo $HOME; set | grep -c '^limit='"), as: .login)
      seen.append([facts.user, facts.shell, state.text])
      await host.close()
    }
    #expect(memory.knows(target))
    #expect(seen[0] == seen[1])
  }

  @Test func `if the command is not understood, another login sends the script as before, and so do later runs`()
    async throws
  {
    let forced = #"case "$SSH_ORIGINAL_COMMAND" in "exec sh") exec sh ;; *) echo no; exit 1 ;; esac"#
    let server = try await LoopbackServer(["ForceCommand \(forced)"])
    defer { server.stop() }
    let memory = LoginMemory(folder: server.folder.appending(path: "logins").path, isReadOnly: false)
    memory.learn(target, software: "OpenSSH_9.2", shell: "/bin/sh")
    #expect(memory.knows(target))
    for logins in [2, 3] {
      let (host, login) = try await login(server, memory, greeting: Script("greeting", "echo hello"))
      #expect(login.greeting.text == "hello")
      await host.close()
      memory.learn(target, software: "OpenSSH_9.2", shell: "/bin/sh")
      #expect(!memory.knows(target))
      let log = try String(contentsOf: server.folder.appending(path: "sshd.log"), encoding: .utf8)
      #expect(log.components(separatedBy: "Accepted publickey").count == logins + 1)
    }
  }

  @Test func `other servers and shells are not remembered, and a plan remembers none`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "logins-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let memory = LoginMemory(folder: folder, isReadOnly: false)
    let plan = LoginMemory(folder: folder, isReadOnly: true)
    plan.learn(target, software: "OpenSSH_9.2", shell: "/bin/sh")
    #expect(!memory.knows(target))
    memory.learn(target, software: "OpenSSH_9.2", shell: "/bin/sh")
    #expect(plan.knows(target))
    memory.learn(target, software: "dropbear_2022.83", shell: "/bin/sh")
    #expect(!memory.knows(target))
    memory.learn(target, software: "OpenSSH_9.2", shell: "/usr/bin/fish")
    #expect(!memory.knows(target))
  }
}
