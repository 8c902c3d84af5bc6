import Foundation
import Testing

@testable import Contract
@testable import Diagnosis
@testable import Hosts
@testable import Runs
@testable import ssh_recipes

/// The closing line about hosts that a command has not finished.
@Suite struct RemainingHostsTests {
  /// A run on four hosts, of which two failed and one was not begun.
  private static var report: Report {
    let hosts = ["a", "b", "c", "d"]
    var report = Report(recipe: "mark", hosts: hosts, failures: [], duration: .seconds(1), isPlan: false)
    report.failures = ["b", "c"].map { host in
      var failure = ReportTests.down
      failure.host = host
      return failure
    }
    (report.notBegun, report.unfinished) = (["d"], ["b", "c", "d"])
    return report
  }

  private static func lines(_ change: (inout Report) -> Void = { _ in }) -> [String] {
    var report = report
    change(&report)
    return ClosingSummary(report: report, printed: [], style: .plain).lines.filter { $0.contains("--failed") }
  }

  @Test func `failed hosts and hosts not begun are counted with the way to repeat them`() {
    #expect(Self.lines() == ["For the remaining 3 hosts: the same command with --failed"])
    #expect(Self.lines { $0.unfinished = ["b"] } == ["For the remaining 1 host: the same command with --failed"])
    // Of a command with --all-or-nothing, one host was as wanted before.
    #expect(Self.lines { $0.undone = UndoSummary(byHost: ["a": 1]) } == Self.lines())
  }

  @Test func `no way is named where the hosts are not noted, or are all hosts`() {
    #expect(Self.lines { $0.unfinished = [] } == [])
    #expect(Self.lines { $0.unfinished = $0.hosts } == [])
    #expect(Self.lines { $0.isPlan = true } == [])
    #expect(Self.lines { $0.recipe = Report.checkOfHosts } == [])
    #expect(Self.lines { $0.isUndo = true } == [])
    #expect(Self.lines { $0.shard = Shard("1/2") } == [])
  }

  @Test func `a report names the commands that repeat its failed hosts`() {
    let document = ReportTests.document([("a", nil), ("b", ReportTests.down)])
    func lines(isNoted: Bool) -> [String] {
      ReportText.text(document, from: ["a.json"], isNoted: isNoted, isVerbose: false)
        .split(separator: "\n").map(String.init).filter { $0.contains("--failed") }
    }
    #expect(lines(isNoted: true) == ["For the remaining 1 host: ssh-recipes run demo --failed"])
    #expect(
      lines(isNoted: false) == [
        "For the remaining 1 host: repeat this command with --remember-failed, then ssh-recipes run demo --failed"
      ])
  }

  @Test func `the history names the hosts that a command did not finish`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "journals-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let journal = Journal(
      runID: "20261129-012737-wnr-1", folder: .init(folder), recipe: "mark", hosts: ["a"])
    let act = RecordedAct(number: 1, host: "a", account: .login, summary: "touch x", subject: .command(creates: []))
    try journal.write(.before(act))
    try journal.write(.done(act: 1))
    journal.close(as: .done)
    try Journal.append(.unfinished(UnfinishedHosts(names: ["b", "c"], total: 3)), to: journal.path)
    let past = try #require(History(folder: folder).commands().first)
    #expect(past.line.hasSuffix("  mark  a  1 change, done; 2 of 3 hosts failed or were not begun"))
    #expect(past.detailLines.contains("  failed or not begun: b, c"))
    #expect(past.hosts == ["a"])
  }

  @Test func `the history counts the acts that the undo of a command left, on all its hosts`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "journals-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (place, left) in [(1, 0), (2, 2), (3, 1)] {
      let journal = Journal(
        runID: "20261129-012737-wnr-\(place)", folder: .init(folder), recipe: "mark", hosts: ["h\(place)"])
      let act = RecordedAct(number: 1, host: "h\(place)", account: .login, summary: "x", subject: .command(creates: []))
      try journal.write(.before(act))
      try journal.write(.done(act: 1))
      journal.close(as: .done)
      try Journal.append(.undone(PastUndo(id: "u", left: left)), to: journal.path)
    }
    let history = History(folder: folder)
    let past = try #require(history.commands().first)
    #expect(past.line.hasSuffix("  mark  h1, h2, h3  3 changes, undone but for 3"))
    let failure = #expect(throws: CommandFailure.self) { try PastRuns.find(nil, in: history) }
    #expect(failure?.lines.first?.contains("the undo of 20261129-012737-wnr left alone the files changed since") == true)
  }
}
