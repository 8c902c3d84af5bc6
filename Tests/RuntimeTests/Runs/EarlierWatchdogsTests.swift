import Foundation
import Scripts
import Testing

@testable import Hosts
@testable import Runs

/// Watchdogs that a run which was cut off has left at work.
@Suite struct EarlierWatchdogsTests {
  /// A folder with a process that works in it until the folder is gone.
  private func put(_ pi: ShellHost, _ name: String, hasWord: Bool) throws -> Process {
    let folder = "\(pi.home)/.ssh-recipes.\(name)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try pi.put(".ssh-recipes.\(name)/restore", "rm -r \"${0%/*}\"; echo restored \(pi.home)/file\n")
    try pi.put(".ssh-recipes.\(name)/watch", "while [ -d \"${0%/*}\" ]; do sleep 0.05; done\n")
    if hasWord { try pi.put(".ssh-recipes.\(name)/word", "word\n") }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["\(folder)/watch", "60"]
    try process.run()
    return process
  }

  private func end(_ pi: ShellHost, _ names: String...) async throws -> Output {
    try await pi.reader.query(
      Script("end", ShellScripts.endEarlierWatchdogs, ["1"] + names.map { "\(pi.home)/.ssh-recipes.\($0)" }))
  }

  @Test("those of the account restore at once, and are gone", arguments: ShellHost.shells)
  func own(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    let dog = try put(pi, "own", hasWord: true)
    #expect(try await end(pi, "own", "gone") == Output(stdout: Array("restored \(pi.home)/file\n".utf8)))
    dog.waitUntilExit()
    #expect(try FileManager.default.contentsOfDirectory(atPath: pi.home) == [])
  }

  @Test("what does not end in its time is told", arguments: ShellHost.shells)
  func still(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    let dog = try put(pi, "other", hasWord: false)
    #expect(
      try await end(pi, "other") == Output(stdout: Array("still \(pi.home)/.ssh-recipes.other\n".utf8)))
    try FileManager.default.removeItem(atPath: "\(pi.home)/.ssh-recipes.other")
    dog.waitUntilExit()
  }

  @Test("the login tells of those that are at work, and of no other folder", arguments: ShellHost.shells)
  func greeting(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    let dog = try put(pi, "own", hasWord: true)
    try FileManager.default.createDirectory(atPath: "\(pi.home)/.ssh-recipes.dead", withIntermediateDirectories: true)
    let output = try await pi.reader.query(LoginProbe.script(markers: [], commands: []))
    let ours = try LoginProbe.parse(output.stdout).facts.watchdogs.filter { $0.folder.hasPrefix(pi.home) }
    #expect(ours == [Facts.EarlierWatchdog(folder: "\(pi.home)/.ssh-recipes.own", isOwn: true)])
    try FileManager.default.removeItem(atPath: "\(pi.home)/.ssh-recipes.own")
    dog.waitUntilExit()
  }
}
