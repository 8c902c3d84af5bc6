import Foundation
import Testing

@testable import Hosts
@testable import Runs
@testable import Values

/// Acts through the journal and back, with somebody who changes things in between.
@Suite struct UndoDecisionTests {
  private let pi: ShellHost
  private let apply: any Writer

  init() throws {
    pi = try ShellHost()
    apply = ApplyWriter(host: pi.host, runID: UUID().uuidString)
  }

  private var path: String { pi.home + "/f" }
  private var owner: (user: Int, group: Int) { (Int(getuid()), Int(getgid())) }

  private func run(_ acts: Act.Kind...) async throws {
    pi.host.touch()
    let journal = Journal(runID: "run", folder: .init(pi.home + "/journal"), recipe: "mine", hosts: [])
    let writer = JournalWriter(writer: apply, reader: pi.reader, journal: journal)
    for act in acts { _ = try await writer.perform(Act(act)) }
  }

  /// Undoes the run, newest first, and says how each act was found.
  private func undo(force: Bool = false) async throws -> [UndoDecision] {
    pi.host.touch()
    let past = try History(folder: pi.home + "/journal").run(named: "run")
    let acts = Array(past.acts.reversed())
    var decisions: [UndoDecision] = []
    for act in acts {
      let decision = try await UndoDecision(of: act, first: OriginalStates(of: acts), reader: pi.reader)
      decisions.append(decision)
      switch decision {
      case .restore(let acts): for act in acts { try await apply.perform(act) }
      case .differs(_, let acts): if force { for act in acts { try await apply.perform(act) } }
      case .isAsBefore, .kept: break
      }
    }
    return decisions
  }

  private func writing(_ text: String, mode: UInt16 = 0o644, expecting: String?) -> Act.Kind {
    .replaceFile(
      path: path, contents: Array(text.utf8), mode: FileMode(bits: mode), expecting: expecting.map { Array($0.utf8) })
  }

  private func decision(
    of kind: RecordedAct.FileAct.Kind, after: String?, _ fill: (inout BeforeImage) -> Void
  ) async throws -> UndoDecision {
    var image = BeforeImage(exists: true)
    (image.kind, image.mode) = ("-", "644")
    fill(&image)
    let file = RecordedAct.FileAct(kind: kind, path: path, before: image, after: after)
    let act = RecordedAct(number: 1, host: "pi", account: .login, summary: "", subject: .file(file))
    return try await UndoDecision(
      of: PastAct(time: 1, recorded: act, isDone: true), first: OriginalStates(of: []), reader: pi.reader)
  }

  @Test func `a file that somebody has removed since comes back only when it is insisted on`() async throws {
    try pi.put("f", "old\n", mode: 0o640)
    try await run(writing("new\n", expecting: "old\n"))
    try FileManager.default.removeItem(atPath: path)
    var acts: [Act] = [
      Act(.replaceFile(path: path, contents: Array("old\n".utf8), mode: FileMode(bits: 0o640), expecting: nil))
    ]
    if getuid() == 0 { acts.append(Act(.setOwner(path: path, user: "\(owner.user)", group: "\(owner.group)"))) }
    let wanted = [UndoDecision.differs("\(path) was removed since", insisted: acts)]
    #expect(try await undo() == wanted)
    #expect(!pi.exists("f"))
    #expect(try await undo(force: true) == wanted)
    #expect(try pi.text("f") == "old\n" && pi.mode("f") == "640")
  }

  @Test func `a file that somebody has made a link since is left alone`() async throws {
    try pi.put("f", "old\n")
    try await run(writing("new\n", expecting: "old\n"))
    try pi.put("other", "new\n")
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "other")
    #expect(try await undo(force: true) == [.differs("\(path) is no file any more", insisted: [])])
    #expect(try pi.text("other") == "new\n")
  }

  @Test func `an owner comes back where it still is the one that the run has set`() async throws {
    try pi.put("f", "text\n")
    let (user, group) = owner
    let acts = [Act(.setOwner(path: path, user: "7", group: "8"))]
    let since = UndoDecision.differs("\(path) belongs to \(user):\(group) now", insisted: acts)
    let cases: [(String, UndoDecision)] = [
      ("\(user):\(group)", .restore(acts)), ("\(user)", since), (":\(group)", since), ("9:9", since), ("pi:pi", since),
    ]
    for (after, wanted) in cases {
      let found = try await decision(of: .setOwner, after: after) { ($0.userID, $0.groupID) = (7, 8) }
      #expect(found == wanted, "\(after)")
    }
    let ofUser = try await decision(of: .setOwner, after: "\(user)") { ($0.userID, $0.groupID) = (7, group) }
    #expect(ofUser == .restore([Act(.setOwner(path: path, user: "7", group: "\(group)"))]))
  }

  @Test func `a file that was removed and written again gets its mode back, with the contents the same`() async throws {
    try pi.put("f", "text\n", mode: 0o600)
    try await run(.remove(path: path), writing("text\n", expecting: nil))
    #expect(try pi.mode("f") == "644")
    _ = try await undo()
    #expect(try pi.text("f") == "text\n" && pi.mode("f") == "600")
    #expect(try await undo() == [.isAsBefore, .isAsBefore])
  }

  @Test func `a file whose mode was set before it was removed is not touched when all is back`() async throws {
    try pi.put("f", "text\n", mode: 0o644)
    try await run(
      .setMode(path: path, mode: FileMode(bits: 0o600)), .remove(path: path), writing("new\n", expecting: nil))
    _ = try await undo()
    #expect(try pi.text("f") == "text\n" && pi.mode("f") == "644")
    #expect(try await undo() == [.isAsBefore, .isAsBefore, .isAsBefore])
  }

  @Test(arguments: ["target", "no where", "/etc/hosts"])
  func `a link that was removed is a link again`(target: String) async throws {
    try pi.put("target", "text\n")
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
    try await run(.remove(path: path))
    #expect((try? FileManager.default.destinationOfSymbolicLink(atPath: path)) == nil)
    let owner = getuid() == 0 ? "0:\(getgid())" : nil
    #expect(try await undo() == [.restore([Act(.makeLink(path: path, target: target, owner: owner))])])
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path) == target)
    #expect(try await undo() == [.isAsBefore])
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "elsewhere")
    #expect(try await undo() == [.differs("\(path) is there again", insisted: [])])
  }

  @Test func `a link that an undo has made is undone like anything else`() async throws {
    try await run(.makeLink(path: path, target: "target", owner: nil))
    #expect(try await undo() == [.restore([Act(.remove(path: path))])])
    #expect(try await undo() == [.isAsBefore])
    try pi.put("f", "mine\n")
    #expect(try await undo(force: true) == [.differs("\(path) was changed since", insisted: [])])
  }

  @Test func `what could not be kept is told, and nothing else is put in its place`() async throws {
    try pi.put("f", String(repeating: "x", count: FileProbe.contentsLimit + 1))
    try await run(.remove(path: path))
    #expect(try await undo(force: true) == [.kept("\(path) cannot be restored: it was larger than 8 MiB")])
    #expect(mkfifo(path, 0o600) == 0)
    try FileManager.default.removeItem(atPath: pi.home + "/journal")
    try await run(.remove(path: path))
    let why = "it was a pipe, a socket or a device"
    #expect(try await undo(force: true) == [.kept("\(path) cannot be restored: \(why)")])
    #expect(!pi.exists("f"))
  }

  @Test func `nor is what a file held that could not be read`() async throws {
    try pi.put("f", "new\n")
    let found = try await decision(of: .replaceFile, after: nil) { $0.unkept = "it could not be read" }
    #expect(found == .kept("what \(path) held was not kept: it could not be read"))
  }

  @Test func `of a link that an older journal has, nobody knows where it led to`() async throws {
    let found = try await decision(of: .remove, after: nil) { ($0.kind, $0.contents) = ("l", "") }
    #expect(found == .kept("\(path) cannot be restored: where the link led to was not written down"))
  }

  @Test func `a directory that somebody has made a file since is left alone`() async throws {
    try await run(.makeDirectory(path: path, mode: FileMode(bits: 0o700)))
    try FileManager.default.removeItem(atPath: path)
    try pi.put("f", "")
    #expect(try await undo(force: true) == [.differs("\(path) is no directory any more", insisted: [])])
    #expect(pi.exists("f"))
  }
}
