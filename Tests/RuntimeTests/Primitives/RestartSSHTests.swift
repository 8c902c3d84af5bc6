import Foundation
import Testing

@testable import Diagnosis
@testable import Hosts
@testable import LoginSafety
@testable import Primitives
@testable import Values

/// sshd is a script here: what a reload does to a real one is the lab's to show.
@Suite struct RestartSSHTests {
  private static let isIn = FreshLoginResult(
    isIn: true, login: Login(method: "publickey", acceptedKey: "SHA256:k"))
  private static let isOut = FreshLoginResult(
    isIn: false, login: Login(), error: .loginRefused(LoginRefusal(methods: ["publickey"])),
    clientText: ["pi@pi.lan: Permission denied (publickey)."])

  /// - Parameter sshd: the body of a script that stands for sshd; it gets `-t` or `-T`.
  private func host(
    logins: [FreshLoginResult], sshd: String = "exit 0", reload: String = "echo reload >>\"$HOME/log\"",
    login: Login = Login(method: "password", serverSoftware: "OpenSSH_9.2p1"), journalError: Failure? = nil
  ) throws -> ShellHost {
    var platform = Platform.generic
    platform.reload = [
      Platform.ServiceCommand(command: "echo absent >>\"$HOME/log\"", needs: "/nonexistent/systemctl"),
      Platform.ServiceCommand(command: reload, needs: "sh"),
    ]
    let pi = try ShellHost(platform: platform, services: TestServices(logins: logins, journalError: journalError)) {
      $0.login = login
      $0.platforms[0].sshd = [$0.home + "/bin/sshd"]
    }
    try pi.put("bin/sshd", "#!/bin/sh\n\(sshd)\n", mode: 0o755)
    return pi
  }

  private func edit(_ pi: ShellHost) throws {
    let path = try pi.put("sshd_config", "new\n")
    pi.host.addPendingRestart(PendingRestart(path: path, before: Array("old\n".utf8), after: Array("new\n".utf8)))
  }

  @Test func `nothing waits, so nothing is done`() async throws {
    let pi = try host(logins: [])
    let planned = try await pi.call(.restartSSH, plan: true)
    #expect(planned.changed == false)
    #expect(planned.what == "sshd runs with the configuration as it is")
    #expect(pi.transport.ran == [])
  }

  @Test func `sshd is reloaded by the first command that is there, and a fresh login proves it`() async throws {
    let pi = try host(logins: [Self.isIn])
    try edit(pi)
    let result = try await pi.call(.restartSSH, ["key": .string("~/.ssh/id_ed25519"), "port": .integer(2222)])
    #expect(
      result.fields == [
        "changed": .boolean(true), "command": .string("echo reload >>\"$HOME/log\""),
        "port": .integer(2222),
        "fingerprint": .string("SHA256:k"),
      ])
    #expect(try pi.text("log") == "reload\n")
    #expect(
      pi.services.requests == [
        FreshLoginRequest(keyPath: pi.path(".ssh/id_ed25519"), port: 2222, afterReload: true)
      ])
    #expect(pi.host.pendingRestarts == [])
  }

  @Test func `without a key the proof is a login as the run made it`() async throws {
    let login = Login(
      method: "publickey", acceptedKey: "SHA256:a", acceptedKeyPath: "/home/me/.ssh/id", serverSoftware: "OpenSSH_9.2")
    let pi = try host(logins: [Self.isIn], login: login)
    try edit(pi)
    try await pi.call(.restartSSH)
    #expect(
      pi.services.requests == [
        FreshLoginRequest(keyPath: "/home/me/.ssh/id", fingerprint: "SHA256:a", afterReload: true)
      ])
  }

  @Test func `an sshd that still offers a method that the edit closes has not read it`() async throws {
    var open = Self.isIn
    open.login.methodsOffered = ["publickey", "password"]
    var closed = Self.isIn
    closed.login.methodsOffered = ["publickey"]
    for (logins, isProved) in [([open, closed], true), ([open, open, open, open, Self.isIn], false)] {
      let pi = try host(logins: logins)
      let path = try pi.put("sshd_config", "new\n")
      var edit = PendingRestart(path: path, before: Array("old\n".utf8), after: Array("new\n".utf8))
      edit.closedMethods = ["password", "keyboard-interactive"]
      pi.host.addPendingRestart(edit)
      guard !isProved else {
        #expect(try await pi.call(.restartSSH).changed == true)
        continue
      }
      let failed = try await pi.failure(.restartSSH)
      #expect(failed.kind == .rolledBack)
      #expect(failed.message.hasPrefix("sshd still offers password after"))
      #expect(try pi.text("sshd_config") == "old\n")
    }
  }

  @Test func `a proof that fails restores the old file, and a second login shows it`() async throws {
    let pi = try host(logins: [Self.isOut, Self.isIn])
    try edit(pi)
    let failed = try await pi.failure(.restartSSH, ["port": .integer(2222)])
    #expect(failed.kind == .rolledBack)
    #expect(
      failed.message == "the login that should prove the new configuration failed; the old configuration is restored")
    #expect(
      failed.seen == [
        "the server takes: publickey", "pi@pi.lan: Permission denied (publickey).", "a login worked again after that",
      ])
    #expect(try pi.text("sshd_config") == "old\n")
    #expect(try pi.text("log") == "reload\nreload\n")
    #expect(pi.services.requests.map(\.port) == [2222, nil])
    #expect(pi.host.pendingRestarts == [])
  }

  @Test func `where the second login fails too, nobody knows, and the message says so`() async throws {
    let pi = try host(logins: [Self.isOut, Self.isOut])
    try edit(pi)
    let failed = try await pi.failure(.restartSSH)
    #expect(failed.kind == .unknown)
    #expect(failed.gate == .proof)
    #expect(
      failed.message
        == "the login that should prove the new configuration failed; the old configuration may not be restored")
    #expect(failed.fix.isEmpty == false)
    #expect(try pi.text("sshd_config") == "old\n")
  }

  @Test func `a new port is written down before the change is there to stay`() async throws {
    let pi = try host(logins: [Self.isIn])
    try edit(pi)
    try await pi.call(.restartSSH, ["port": .integer(2222)])
    #expect(pi.services.recorded == [2222])
    let full = try host(logins: [Self.isIn, Self.isIn], journalError: Failure(.failed, "no space left"))
    try edit(full)
    let failed = try await full.failure(.restartSSH, ["port": .integer(2222)])
    #expect(failed.kind == .rolledBack)
    #expect(
      failed.message
        == "the new port could not be written down, and no undo would find the host; the old configuration is restored")
    #expect(try full.text("sshd_config") == "old\n")
    #expect(try full.text("log") == "reload\nreload\n")
    #expect(full.host.relocation == nil)
  }

  @Test func `a port that the watchdog was quicker with is not where undo goes`() async throws {
    let pi = try host(logins: [Self.isIn])
    try edit(pi)
    // Its folder is gone when it is told.
    var dog = Watchdog(in: pi.home, as: .login, timeout: 1, watching: Watched())
    try pi.put("dog/word", "word\n")
    try pi.put("dog/pid", "\(ProcessInfo.processInfo.processIdentifier)\n")
    dog.folder = pi.path("dog")
    pi.host.watchdogs = [dog]
    let failed = try await pi.failure(.restartSSH, ["port": .integer(2222)])
    #expect(failed.kind == .rolledBack && failed.gate == .watchdog)
    #expect(pi.services.recorded == [2222, nil])
  }

  @Test func `what sshd -t refuses is never reloaded`() async throws {
    let pi = try host(logins: [], sshd: "echo 'sshd_config: line 1: Bad configuration option: new' >&2; exit 255")
    try edit(pi)
    let failed = try await pi.failure(.restartSSH)
    #expect(failed.kind == .rolledBack)
    #expect(failed.message == "sshd refuses the configuration; the old configuration is restored")
    #expect(
      failed.seen == ["sshd_config: line 1: Bad configuration option: new", "sshd never read the new files"])
    #expect(try pi.text("sshd_config") == "old\n")
    #expect(pi.exists("log") == false)
    #expect(pi.services.requests == [])
  }

  @Test func `a reload that fails restores the old file without trying again`() async throws {
    let pi = try host(logins: [Self.isIn], reload: "echo 'ssh.service is not active' >&2; exit 1")
    try edit(pi)
    let failed = try await pi.failure(.restartSSH)
    #expect(failed.kind == .rolledBack)
    #expect(failed.message == "sshd could not be made to reload; the old configuration is restored")
    #expect(failed.seen.contains("ssh.service is not active") == true)
    #expect(try pi.text("sshd_config") == "old\n")
  }

  @Test func `a plan reloads nothing and logs in nowhere`() async throws {
    let pi = try host(logins: [])
    try edit(pi)
    let planned = try await pi.call(.restartSSH, plan: true)
    #expect(planned.what == "reload sshd, and log in anew to prove that it works")
    #expect(pi.transport.ran == [] && pi.services.requests == [])
    #expect(pi.host.pendingRestarts.count == 1)
  }
}
