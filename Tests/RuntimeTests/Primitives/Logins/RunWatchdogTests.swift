import Scripts
import Testing

@testable import Hosts
@testable import LoginSafety
@testable import Values

/// The watchdog over a run, armed for real in a folder of the test's.
@Suite struct RunWatchdogTests {
  private static let facts: Facts = {
    var facts = Facts()
    facts.userID = 0
    return facts
  }()

  /// The prelude of an act and a command behind it, in one script.
  private static func run(
    _ pi: ShellHost, _ dog: RunWatchdog, _ kind: Act.Kind, _ command: String
  ) async throws -> Output {
    var script = dog.prelude(to: Act(kind), facts, port: nil)
    script.text += "cd \"$HOME\" || exit 1\n" + command + "\n"
    script.arguments += ["own"]
    return try await pi.reader.query(script)
  }

  @Test("what acts change comes back in reverse", arguments: ShellHost.shells)
  func rollsBack(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    try pi.put("kept", "old\n", mode: 0o640)
    try pi.put("gone", "here\n")
    _ = try await pi.reader.query(
      Script("link", "ln -s kept \"$HOME/link\"; mkdir \"$HOME/folder\"; chmod 750 \"$HOME/folder\""))
    let before = try pi.tree()
    var dog = RunWatchdog(in: pi.home)

    func act(_ kind: Act.Kind, _ command: String) async throws {
      #expect(try await Self.run(pi, dog, kind, command) == Output())
      dog.isArmed = true
    }
    let mode = FileMode(bits: 0o600)
    try await act(.remove(path: pi.path("gone")), "[ \"$1\" = own ] && rm gone")
    try await act(.setMode(path: pi.path("kept"), mode: mode), "chmod 600 kept")
    try await act(
      .replaceFile(path: pi.path("kept"), contents: [], mode: mode, expecting: []), "rm kept; echo new >kept")
    try await act(.makeDirectory(path: pi.path("new"), mode: mode), "mkdir new")
    try await act(.makeLink(path: pi.path("new/link"), target: "x", owner: nil), "ln -s x new/link")
    try await act(.remove(path: pi.path("link")), "rm link")
    try await act(.remove(path: pi.path("folder")), "rmdir folder")
    try #require(try pi.tree() != before)

    let script = Script("roll back", ShellScripts.rollBackRun, [dog.watchdog.folder, "roll-back"])
    let report = Watchdog.restored(try await pi.reader.query(script))
    #expect(report == ["folder", "gone", "kept", "link", "new", "new/link"].map(pi.path))
    #expect(try pi.tree() == before)
    _ = try await pi.reader.query(Script("end", ShellScripts.rollBackRun, [dog.watchdog.folder, "read"]))
    #expect(await becomesTrue { (try? pi.traces()) == [] })
  }

  @Test("an acknowledgement leaves everything as it is, and so does a second in time", arguments: ShellHost.shells)
  func acknowledged(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    try pi.put("kept", "old\n")
    let dog = RunWatchdog(in: pi.home)
    let act = Act.Kind.replaceFile(path: pi.path("kept"), contents: [], mode: FileMode(bits: 0o600), expecting: [])
    #expect(try await Self.run(pi, dog, act, "echo new >kept") == Output())
    func acknowledge(_ more: [String] = []) async throws -> Output {
      let arguments = [dog.watchdog.folder, dog.watchdog.token] + more
      return try await pi.reader.query(Script("acknowledge", ShellScripts.acknowledgeWatchdog, arguments))
    }
    #expect(try await acknowledge() == Output())
    #expect(try pi.text("kept") == "new\n")
    #expect(try pi.traces() == [])
    #expect(try await acknowledge().status == 93)
    #expect(try await acknowledge(["2"]).status == 0)
    // A host that has started since may have restored at its boot.
    #expect(try await acknowledge(["1000000000"]).status == 93)
    #expect(try pi.text("kept") == "new\n")
  }

  @Test("the watchdog's time does not pass during an act with a large file", arguments: ShellHost.shells)
  func waitsForLargeFiles(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    try pi.put("kept", "old\n")
    let dog = RunWatchdog(in: pi.home, timeout: 2)
    let path = pi.path("kept")
    let source = FileSource(.file(path), size: 4, checksum: "")
    let file = PlacedFile(path: path, source: source, mode: FileMode(bits: 0o600), expecting: nil)
    #expect(try await Self.run(pi, dog, .placeFile(file), "sleep 6; echo new >kept") == Output())
    let script = Script("acknowledge", ShellScripts.acknowledgeWatchdog, [dog.watchdog.folder, dog.watchdog.token])
    #expect(try await pi.reader.query(script) == Output())
    #expect(try pi.text("kept") == "new\n")
  }

  @Test("an act whose state before cannot be kept is not made")
  func refused() async throws {
    let pi = try ShellHost()
    try pi.put("kept", "old\n")
    var dog = RunWatchdog(in: pi.home + "/nowhere")
    let act = Act.Kind.setMode(path: pi.path("kept"), mode: FileMode(bits: 0o600))
    let unarmed = try await Self.run(pi, dog, act, "echo new >kept")
    #expect(dog.refused(unarmed.status, unarmed.errorText))
    // The watchdog's time was over: the folder is gone.
    dog.isArmed = true
    let late = try await Self.run(pi, dog, act, "echo new >kept")
    #expect(dog.refused(late.status, late.errorText))
    #expect(try pi.text("kept") == "old\n")
  }
}
