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
    isIn: false, login: Login(), error: .loginRefused(methods: ["publickey"], passwordTried: false, notes: []),
    clientText: ["pi@pi.lan: Permission denied (publickey)."])

  /// - Parameter sshd: the body of a script that stands for sshd; it gets `-t` or `-T`.
  private func bench(
    logins: [FreshLoginResult], sshd: String = "exit 0", reload: String = "echo reload >>\"$HOME/log\"",
    login: Login = Login(method: "password", serverSoftware: "OpenSSH_9.2p1")
  ) throws -> Bench {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sshd-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let program = folder.appending(path: "sshd")
    try Data("#!/bin/sh\n\(sshd)\n".utf8).write(to: program)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
    var platform = Platform.generic
    platform.sshd = [program.path]
    platform.reload = [
      Platform.ServiceCommand(command: "echo absent >>\"$HOME/log\"", needs: "/nonexistent/systemctl"),
      Platform.ServiceCommand(command: reload, needs: "sh"),
    ]
    return try Bench(platform: platform, logins: logins) { $0.login = login }
  }

  private func edit(_ bench: Bench) throws {
    let path = try bench.write("new\n", "sshd_config")
    bench.host.addPendingRestart(PendingRestart(path: path, before: Array("old\n".utf8), after: Array("new\n".utf8)))
  }

  @Test func `nothing waits, so nothing is done`() async throws {
    let bench = try bench(logins: [])
    let (what, _) = try await bench.plan(.restartSSH)
    #expect(what == "unchanged: sshd runs with the configuration as it is")
    #expect(bench.transport.ran == [])
  }

  @Test func `sshd is reloaded by the first command that is there, and a fresh login proves it`() async throws {
    let bench = try bench(logins: [Self.isIn])
    try edit(bench)
    let result = try await bench.run(.restartSSH, ["key": .string("~/.ssh/id_ed25519"), "port": .integer(2222)])
    #expect(
      result == [
        "changed": .boolean(true), "command": .string("echo reload >>\"$HOME/log\""),
        "port": .integer(2222),
        "fingerprint": .string("SHA256:k"),
      ])
    #expect(try bench.text("log") == "reload\n")
    #expect(
      bench.services.requests == [
        FreshLoginRequest(keyPath: bench.path(".ssh/id_ed25519"), port: 2222, afterReload: true)
      ])
    #expect(bench.host.pendingRestarts == [])
  }

  @Test func `without a key the proof is a login as the run made it`() async throws {
    let login = Login(
      method: "publickey", acceptedKey: "SHA256:a", acceptedKeyPath: "/home/me/.ssh/id", serverSoftware: "OpenSSH_9.2")
    let bench = try bench(logins: [Self.isIn], login: login)
    try edit(bench)
    _ = try await bench.run(.restartSSH)
    #expect(
      bench.services.requests == [
        FreshLoginRequest(keyPath: "/home/me/.ssh/id", fingerprint: "SHA256:a", afterReload: true)
      ])
  }

  @Test func `a proof that fails puts the old file back, and a second login shows it`() async throws {
    let bench = try bench(logins: [Self.isOut, Self.isIn])
    try edit(bench)
    let failed = await failure { _ = try await bench.run(.restartSSH, ["port": .integer(2222)]) }
    #expect(failed?.kind == .rolledBack)
    #expect(
      failed?.message == "the login that should prove the new configuration failed; the old configuration is back")
    #expect(
      failed?.seen == [
        "the server takes: publickey", "pi@pi.lan: Permission denied (publickey).", "a login worked again after that",
      ])
    #expect(try bench.text("sshd_config") == "old\n")
    #expect(try bench.text("log") == "reload\nreload\n")
    #expect(bench.services.requests.map(\.port) == [2222, nil])
    #expect(bench.host.pendingRestarts == [])
  }

  @Test func `where the second login fails too, nobody knows, and the message says so`() async throws {
    let bench = try bench(logins: [Self.isOut, Self.isOut])
    try edit(bench)
    let failed = await failure { _ = try await bench.run(.restartSSH) }
    #expect(failed?.kind == .unknown)
    #expect(failed?.gate == .proof)
    #expect(
      failed?.message
        == "the login that should prove the new configuration failed; the old configuration may not be back")
    #expect(failed?.fix.isEmpty == false)
    #expect(try bench.text("sshd_config") == "old\n")
  }

  @Test func `a new port is written down before the change is there to stay`() async throws {
    let bench = try bench(logins: [Self.isIn])
    try edit(bench)
    _ = try await bench.run(.restartSSH, ["port": .integer(2222)])
    #expect(bench.services.recorded == [2222])
    let full = try self.bench(logins: [Self.isIn, Self.isIn])
    try edit(full)
    full.services.journalError.withLock { $0 = Failure(.failed, "no space left") }
    let failed = await failure { _ = try await full.run(.restartSSH, ["port": .integer(2222)]) }
    #expect(failed?.kind == .rolledBack)
    #expect(
      failed?.message
        == "the new port could not be written down, and no undo would find the host; the old configuration is back")
    #expect(try full.text("sshd_config") == "old\n")
    #expect(try full.text("log") == "reload\nreload\n")
    #expect(full.host.relocation == nil)
  }

  @Test func `a port that the watchdog was quicker with is not where undo goes`() async throws {
    let bench = try bench(logins: [Self.isIn])
    try edit(bench)
    // Its folder is gone when it is told.
    var dog = Watchdog(in: bench.folder.path, as: .login, patience: 1, watching: Watched())
    try bench.write("word\n", "dog/word")
    try bench.write("\(ProcessInfo.processInfo.processIdentifier)\n", "dog/pid")
    dog.folder = bench.path("dog")
    bench.host.watchdogs = [dog]
    let failed = await failure { _ = try await bench.run(.restartSSH, ["port": .integer(2222)]) }
    #expect(failed?.kind == .rolledBack && failed?.gate == .watchdog)
    #expect(bench.services.recorded == [2222, nil])
  }

  @Test func `what sshd -t refuses is never reloaded`() async throws {
    let bench = try bench(logins: [], sshd: "echo 'sshd_config: line 1: Bad configuration option: new' >&2; exit 255")
    try edit(bench)
    let failed = await failure { _ = try await bench.run(.restartSSH) }
    #expect(failed?.kind == .rolledBack)
    #expect(failed?.message == "sshd refuses the configuration; the old configuration is back")
    #expect(
      failed?.seen == ["sshd_config: line 1: Bad configuration option: new", "sshd never read the new files"])
    #expect(try bench.text("sshd_config") == "old\n")
    #expect(FileManager.default.fileExists(atPath: bench.path("log")) == false)
    #expect(bench.services.requests == [])
  }

  @Test func `a reload that fails puts the old file back without trying again`() async throws {
    let bench = try bench(logins: [Self.isIn], reload: "echo 'ssh.service is not active' >&2; exit 1")
    try edit(bench)
    let failed = await failure { _ = try await bench.run(.restartSSH) }
    #expect(failed?.kind == .rolledBack)
    #expect(failed?.message == "sshd could not be made to reload; the old configuration is back")
    #expect(failed?.seen.contains("ssh.service is not active") == true)
    #expect(try bench.text("sshd_config") == "old\n")
  }

  @Test func `a plan reloads nothing and logs in nowhere`() async throws {
    let bench = try bench(logins: [])
    try edit(bench)
    let (what, _) = try await bench.plan(.restartSSH)
    #expect(what == "reload sshd, and log in anew to prove that it works")
    #expect(bench.transport.ran == [] && bench.services.requests == [])
    #expect(bench.host.pendingRestarts.count == 1)
  }
}
