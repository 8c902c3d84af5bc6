import Foundation
import Scripts
import Testing

@testable import Hosts
@testable import LoginSafety

/// A command of the recipe's author, looked at by a second script when the first one's answer was lost.
@Suite struct GuardScriptTests {
  private static func script(
    _ pi: ShellHost, _ verb: String, _ command: String = ":", timeout: Int = 6000
  ) -> Script {
    let folder = pi.home + "/.ssh-recipes.x"
    return Script(
      "guarded", ShellScripts.guardCommand,
      [
        "m4rk", verb, String(timeout), folder, "word", "3600", "", ShellScripts.restore,
        ShellScripts.watch, "0", "0", "1", pi.home, "1", pi.home, "keys", command,
      ])
  }

  /// A command at work until there is a file `go`.
  private static func whileAtWork(
    _ shell: [String], _ body: (_ pi: ShellHost, _ run: Task<Output, any Error>) async throws -> Void
  ) async throws {
    let pi = try ShellHost(shell: shell)
    try pi.put("keys", "old\n")
    let command = "cd \"$HOME\"; : >began; until [ -e go ]; do sleep 0.05; done; echo new >keys"
    let run = Task { try await pi.reader.query(script(pi, "run", command)) }
    try #require(await becomesTrue { pi.exists("began") })
    try await body(pi, run)
    let folder = pi.home + "/.ssh-recipes.x"
    _ = try await pi.reader.query(Script("restore", ShellScripts.restoreNow, [folder]))
    #expect(try pi.text("keys") == "old\n")
    #expect(try pi.traces() == [])
  }

  @Test("a command that is at work is waited for, and what it changes is told", arguments: ShellHost.shells)
  func waits(shell: [String]) async throws {
    try await Self.whileAtWork(shell) { pi, run in
      let resume = Task { try await pi.reader.query(Self.script(pi, "resume")) }
      try pi.put("go", "")
      let report = GuardReport(folder: pi.home + "/.ssh-recipes.x", paths: [pi.home + "/keys"])
      #expect(try await GuardLook(resume.value, mark: "m4rk") == .changed(report))
      #expect(try await GuardLook(run.value, mark: "m4rk") == .changed(report))
    }
  }

  @Test("a command that does not end keeps its watch", arguments: ShellHost.shells)
  func stillAtWork(shell: [String]) async throws {
    try await Self.whileAtWork(shell) { pi, run in
      let folder = pi.home + "/.ssh-recipes.x"
      let look = GuardLook(try await pi.reader.query(Self.script(pi, "resume", timeout: 1)), mark: "m4rk")
      let process = try pi.text(".ssh-recipes.x/guard").trimmingCharacters(in: .newlines)
      #expect(look == .atWork(process: process, folder: folder))
      try pi.put("go", "")
      let report = GuardReport(folder: folder, paths: [pi.home + "/keys"])
      #expect(try await GuardLook(run.value, mark: "m4rk") == .changed(report))
    }
  }

  @Test("a guard that was ended before its command began leaves nothing to decide", arguments: ShellHost.shells)
  func neverBegun(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    try FileManager.default.createDirectory(atPath: pi.home + "/.ssh-recipes.x", withIntermediateDirectories: false)
    try pi.put(".ssh-recipes.x/guard", "99999999\n")
    let look = GuardLook(try await pi.reader.query(Self.script(pi, "resume")), mark: "m4rk")
    #expect(look == .unchanged)
    #expect(try pi.traces() == [])
  }

  @Test("what is behind a link is told with the link", arguments: ShellHost.shells)
  func links(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    try pi.put("real", "old\n")
    try FileManager.default.createSymbolicLink(atPath: pi.home + "/keys", withDestinationPath: "real")
    let output = try await pi.reader.query(Self.script(pi, "run", "echo new >\"$HOME/keys\""))
    let folder = pi.home + "/.ssh-recipes.x"
    #expect(
      GuardLook(output, mark: "m4rk")
        == .changed(GuardReport(folder: folder, paths: [pi.home + "/keys", pi.home + "/real"])))
    let told = try await pi.reader.query(Script("restore", ShellScripts.restoreNow, [folder]))
    #expect(told.text == "restored \(pi.home)/real")
    #expect(try pi.tree() == ["keys -> real", "real 644 old\n"])
  }

  @Test("a link that says something else is told, though the contents are the same", arguments: ShellHost.shells)
  func otherLink(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    try pi.put("real", "old\n")
    try pi.put("same", "old\n")
    try FileManager.default.createSymbolicLink(atPath: pi.home + "/keys", withDestinationPath: "real")
    let output = try await pi.reader.query(Self.script(pi, "run", "cd \"$HOME\"; rm keys; ln -s same keys"))
    let folder = pi.home + "/.ssh-recipes.x"
    #expect(GuardLook(output, mark: "m4rk") == .changed(GuardReport(folder: folder, paths: [pi.home + "/keys"])))
    let told = try await pi.reader.query(Script("restore", ShellScripts.restoreNow, [folder]))
    #expect(told.text == "restored \(pi.home)/keys")
  }
}
