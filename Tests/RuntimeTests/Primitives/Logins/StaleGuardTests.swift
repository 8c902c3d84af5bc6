import Foundation
import Scripts
import Testing

@testable import Hosts
@testable import LoginSafety
@testable import Runs

/// What a power cut in the middle of a recipe's own command leaves on a host.
@Suite struct StaleGuardTests {
  /// No process has this number, and none has the largest one that Linux gives.
  private static let nobody = "99999999"

  private func put(_ pi: ShellHost, _ folder: String, guardedBy process: String, hasWord: Bool = false) throws {
    try FileManager.default.createDirectory(atPath: "\(pi.home)/\(folder)/1", withIntermediateDirectories: true)
    try pi.put("\(folder)/guard", "\(process)\n")
    try pi.put("\(folder)/1/shadow", "copy\n")
    if hasWord { try pi.put("\(folder)/word", "word\n") }
  }

  @Test("the next command clears it away, and nothing that is at work", arguments: ShellHost.shells)
  func next(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    try put(pi, ".ssh-recipes.stale", guardedBy: Self.nobody)
    try put(pi, ".ssh-recipes.armed", guardedBy: Self.nobody, hasWord: true)
    try put(pi, ".ssh-recipes.live", guardedBy: String(ProcessInfo.processInfo.processIdentifier))
    try pi.put(".ssh-recipes.file", "new contents on their way\n")
    let output = try await pi.reader.query(
      Script(
        "guarded", ShellScripts.guardCommand,
        ["mark", "run", "20", pi.home + "/.ssh-recipes.new", "word", "120", ""]
          + [ShellScripts.restore, ShellScripts.watch, "0", "0", "0", "0", "ls -A \"$1\"; exit 3", pi.home]))
    #expect(output.status == 3)
    #expect(
      output.text.split(separator: "\n").sorted()
        == [".ssh-recipes.armed", ".ssh-recipes.file", ".ssh-recipes.live", ".ssh-recipes.new"])
    #expect(output.errorText == "")
    #expect(try pi.names() == [".ssh-recipes.armed", ".ssh-recipes.file", ".ssh-recipes.live"])
  }

  @Test("undo clears away what the journal names", arguments: ShellHost.shells)
  func undo(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    try put(pi, ".ssh-recipes.stale", guardedBy: Self.nobody)
    let output = try await pi.reader.query(
      Script(
        "tidy up", ShellScripts.dismissWatchdogs, [pi.home + "/.ssh-recipes.stale", pi.home + "/.ssh-recipes.gone"]))
    #expect(output == Output())
    #expect(try pi.names() == [])
  }

  @Test func `the journal knows the folders before they are made`() async throws {
    let pi = try ShellHost()
    let folders = ["/etc/.ssh-recipes.a", "/tmp/.ssh-recipes.a"]
    var act = Act(.command(Script("run", ":\n"), creates: [], summary: "run: true"), isOpaque: true)
    act.scratch = folders
    let journal = Journal(runID: "run", folder: .init(pi.home + "/journal"), recipe: "mine", hosts: [])
    let apply = ApplyWriter(host: pi.host, runID: "test")
    try await JournalWriter(writer: apply, reader: pi.reader, journal: journal).perform(act)
    let past = try History(folder: pi.home + "/journal").run(named: "run")
    #expect(past.acts.map(\.recorded.scratch) == [folders])
  }
}
