import Foundation
import Testing

@testable import Diagnosis
@testable import Hosts
@testable import Runs

/// `run { …, undo = … }`.
@Suite struct UndoCommandTests {
  private static let call = """
    here:run { "echo one >>" .. params.path, undo = "echo back >>" .. params.path,
      undo_if = "grep -q one " .. params.path }
    """

  private static func journal(_ scene: Scene) throws -> String {
    let names = try FileManager.default.contentsOfDirectory(atPath: scene.path("journals")).sorted()
    return scene.path("journals/" + (try #require(names.first { $0.hasSuffix(".jsonl") })))
  }

  private static func text(_ scene: Scene) throws -> String {
    try String(contentsOfFile: scene.path("file"), encoding: .utf8)
  }

  @Test func `the command is undone by its own command, once`() async throws {
    try await Scene.with { scene in
      let run = await scene.run(Self.call, needs: "\"run\"")
      #expect(run.report?.tally.undoable == 1, "\(run)")
      let journal = try String(contentsOfFile: Self.journal(scene), encoding: .utf8)
      let before = try #require(journal.split(separator: "\n").first { $0.contains(#""kind":"before""#) })
      #expect(before.contains(#""undo":"echo back "#) && before.contains(#""seal":""#))
      let undone = try await scene.undo()
      #expect(undone.report?.failures == [], "\(undone)")
      #expect(try Self.text(scene) == "one\nback\n")
      _ = try await scene.undo()
      #expect(try Self.text(scene) == "one\nback\n")
    }
  }

  @Test func `what somebody has changed since is left alone`() async throws {
    try await Scene.with { scene in
      _ = await scene.run(Self.call, needs: "\"run\"")
      try scene.write("file", "other\n", mode: 0o644)
      let undone = try await scene.undo()
      #expect(try Self.text(scene) == "other\n")
      #expect(undone.report?.warnings.count == 1, "\(undone)")
    }
  }

  @Test func `the plan of an undo names the command, and runs none`() async throws {
    try await Scene.with { scene in
      _ = await scene.run(Self.call, needs: "\"run\"")
      let lines = Lines()
      let past = try #require(History(folder: scene.path("journals")).commands().first)
      var setup = scene.setup(lines)
      setup.options.isPlan = true
      _ = try await Undoer(past: past, setup).run(force: false)
      #expect(lines.all.contains { $0.hasSuffix(", by: echo back >>\(scene.path("file"))") }, "\(lines.all)")
      #expect(try Self.text(scene) == "one\n")
    }
  }

  /// Each makes a journal that must run no command.
  @Test(arguments: ["command", "seal", "host", "key", "open key", "other run"])
  func `a journal that was tampered with runs no command`(how: String) async throws {
    try await Scene.with { scene in
      _ = await scene.run(Self.call, needs: "\"run\"")
      let path = try Self.journal(scene)
      let key = scene.path("journals/seal.key")
      var text = try String(contentsOfFile: path, encoding: .utf8)
      switch how {
      case "command": text = text.replacing("echo back", with: "echo evil")
      case "seal": text = text.replacing(#""seal":""#, with: #""seal":"0"#)
      case "host": text = text.replacing(#""account":"login""#, with: #""account":"root""#)
      case "key": try Data(repeating: 7, count: 32).write(to: URL(fileURLWithPath: key))
      case "open key": try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
      default:
        try FileManager.default.removeItem(atPath: path)
        try text.write(toFile: scene.path("journals/20990101-000000-abc.jsonl"), atomically: false, encoding: .utf8)
      }
      if how != "other run" { try Data(text.utf8).write(to: URL(fileURLWithPath: path)) }
      let undone = try await scene.undo()
      #expect(try Self.text(scene) == "one\n", "\(undone)")
      #expect(undone.lines.contains { $0.contains("its undo command is not believed") }, "\(undone)")
    }
  }

  @Test func `the undo of a failed command may fail as well`() async throws {
    try await Scene.with { scene in
      let run = await scene.run(
        "pcall(here.run, here, { 'echo one >>' .. params.path .. '; exit 3', undo = 'exit 4' })", needs: "\"run\"")
      #expect(run.report?.failures == [])
      let undone = try await scene.undo()
      #expect(undone.report?.failures == [], "\(undone)")
      #expect(undone.lines.contains { $0.contains("it failed then, and so did its undo command") }, "\(undone)")
    }
  }

  @Test func `an undo command that fails ends the undo, and older changes stay`() async throws {
    try await Scene.with { scene in
      _ = await scene.run("here:run { 'echo one >>' .. params.path, undo = 'echo no >&2; exit 4' }", needs: "\"run\"")
      let undone = try await scene.undo()
      #expect(undone.report?.failures.map(\.kind) == [.exit], "\(undone)")
      #expect(undone.report?.failures.map(\.seen.last) == ["no"])
    }
  }

  @Test(arguments: [
    (
      "here:run { 'x', undo = 'y', reads = true }",
      "run takes `undo` or `reads = true`, not both: a command that only reads needs no undo"
    ),
    ("here:run { 'x', undo_if = 'y' }", "run takes `undo_if` only together with `undo`"),
  ])
  func `contradicting arguments are refused`(call: String, message: String) async throws {
    try await Scene.with { scene in
      #expect(await scene.run(call, needs: "\"run\"").report?.failures.map(\.message) == [message])
    }
  }
}
