import Foundation
import Testing

@testable import Contract
@testable import Diagnosis
@testable import Hosts
@testable import Runs
@testable import ssh_recipes

/// Every end of a run: closing line, exit status, JSON, JUnit report and history.
@Suite struct OutcomeTests {
  /// The events of a run on one host.
  struct Case: Sendable, CustomTestStringConvertible {
    var changed = false
    /// A command of the recipe failed after the start.
    var perhaps = false
    var rolledBack = false
    var caught = false
    var failure: Failure.Kind?
    var isPlan = false
    var isUndo = false
    /// An undo found a file changed since.
    var leftAlone = false

    var testDescription: String {
      let flags = [
        (changed, "changed"), (perhaps, "perhaps"), (rolledBack, "rolled back"), (caught, "caught"),
        (isPlan, "plan"), (isUndo, "undo"), (leftAlone, "left alone"),
      ]
      return (flags.filter(\.0).map(\.1) + [failure?.rawValue ?? "no failure"]).joined(separator: ", ")
    }
  }

  static let cases: [Case] = {
    let flags = [false, true]
    var cases: [Case] = []
    for changed in flags {
      for perhaps in flags {
        for rolledBack in flags {
          for caught in flags {
            for failure in [nil, Failure.Kind.exit, .rolledBack, .unknown, .cancelled] {
              for (isPlan, isUndo, leftAlone) in [
                (false, false, false), (true, false, false), (false, true, false), (true, true, false),
                (false, true, true), (true, true, true),
              ] {
                // A plan acts in memory only.
                guard !isPlan || !perhaps && !rolledBack else { continue }
                cases.append(
                  Case(
                    changed: changed, perhaps: perhaps, rolledBack: rolledBack, caught: caught, failure: failure,
                    isPlan: isPlan, isUndo: isUndo, leftAlone: leftAlone))
              }
            }
          }
        }
      }
    }
    return cases
  }()

  private static let host = "pi@10.0.0.2"

  /// The records of the run's journal.
  private static func records(_ one: Case) -> [JournalRecord] {
    func act(_ number: Int, _ subject: RecordedAct.Subject, isOpaque: Bool = false) -> JournalRecord {
      var act = RecordedAct(number: number, host: host, account: .login, summary: "act \(number)", subject: subject)
      (act.isOpaque, act.call) = (isOpaque, number)
      return .before(act)
    }
    func file(_ path: String) -> RecordedAct.Subject {
      let before = BeforeImage(exists: true, mode: "644")
      return .file(RecordedAct.FileAct(kind: .setMode, path: path, before: before, after: "600"))
    }
    var records: [JournalRecord] = []
    if one.changed {
      records += one.isPlan ? [] : [act(1, file("/home/pi/a")), .done(act: 1)]
      records.append(.ended(call: 1, CallEnd(host: host, result: .changed, isProved: true)))
    }
    if one.perhaps {
      records += [act(2, .command(creates: []), isOpaque: true), .done(act: 2)]
      records.append(.ended(call: 2, CallEnd(host: host, result: .failed)))
    }
    if one.rolledBack {
      records += [act(3, file("/etc/ssh/sshd_config")), .done(act: 3)]
      records.append(.ended(call: 3, CallEnd(host: host, result: .changed)))
      records.append(.restored(host: host, paths: ["/etc/ssh/sshd_config"], call: nil))
    }
    return records
  }

  private static func report(_ one: Case) -> Report {
    var ledger = ChangeLedger()
    for record in records(one) { ledger.take(record) }
    var report = Report(
      recipe: one.isUndo ? "undo x" : "demo", hosts: [host], byHost: ledger.byHost, duration: .seconds(1),
      isPlan: one.isPlan, isUndo: one.isUndo)
    if let kind = one.failure {
      var failure = Failure(kind, "it ended")
      (failure.host, failure.action) = (host, 9)
      report.failures = [failure]
    }
    report.caught = one.caught ? 1 : 0
    report.leftAlone = one.leftAlone ? 1 : 0
    return report
  }

  /// The run, read from the journal.
  private static func past(_ one: Case) throws -> PastCommand? {
    let folder = FileManager.default.temporaryDirectory.appending(path: "journals-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let journal = Journal(runID: "20261129-012737-wnr", folder: .init(folder), recipe: "demo", hosts: [host])
    for record in records(one) { try journal.write(record) }
    let failure = one.failure.map { Failure($0, "it ended") }
    journal.close(as: failure == nil && one.leftAlone ? .partlyDone : RecordedOutcome(failure))
    return History(folder: folder).commands().first
  }

  /// The events of the failed calls.
  private static func calls(_ one: Case) -> [PrimitiveEvent] {
    func call(_ id: Int, _ kind: Failure.Kind) -> PrimitiveEvent {
      var failure = Failure(kind, "it ended")
      failure.action = id
      return PrimitiveEvent(
        id: id, primitive: "run", host: host, branch: 0, step: nil, position: nil, state: .failed(failure),
        what: "it ended", diff: nil, duration: .zero)
    }
    return (one.caught ? [call(8, .exit)] : []) + (one.failure.map { [call(9, $0)] } ?? [])
  }

  @Test("closing line, exit status, JSON, JUnit report and history agree", arguments: cases)
  func agree(_ one: Case) throws {
    let report = Self.report(one)
    let closing = ClosingSummary(report: report, printed: [], style: .plain).lines.joined(separator: "\n")
    let status = ssh_recipes.ExitStatus(report.outcome)
    let json = try #require(
      JSONSerialization.jsonObject(with: Data(JSONOutput.json(.finished(report)).text.utf8)) as? [String: Any])
    let junit = JUnitOutput.document(report, Self.calls(one))

    // Numbers.
    let (changed, perhaps, rolledBack) = (one.changed ? 1 : 0, one.perhaps ? 1 : 0, one.rolledBack ? 1 : 0)
    for (name, number) in [("changed", changed), ("perhaps", perhaps), ("rolled_back", rolledBack)] {
      #expect(json[name] as? Int == number)
      #expect(junit.contains("<property name=\"\(name)\" value=\"\(number)\"/>"))
    }
    #expect(json["caught"] as? Int == (one.caught ? 1 : 0))
    #expect(junit.contains("skipped=\"\(one.caught ? 1 : 0)\""))

    // Ends.
    #expect(json["status"] as? Int == Int(status.rawValue))
    #expect(junit.contains("<property name=\"outcome\" value=\"\(report.outcome.rawValue)\"/>"))
    let isGood = one.failure == nil && (!one.leftAlone || one.isPlan)
    #expect(isGood == [.done, .pending].contains(status))
    #expect(junit.contains("failures=\"\(isGood ? 0 : 1)\""))
    let expected: ssh_recipes.ExitStatus =
      switch one.failure {
      case .unknown: .unknown
      case .rolledBack: .rolledBack
      case .cancelled: .cancelled
      case .some: .failed
      case nil: !isGood ? .failed : one.isPlan && one.changed ? .pending : .done
      }
    #expect(status == expected)

    // The closing line.
    let claims = ["nothing was changed", "nothing was undone", "Nothing had to be", "as it was before"]
    let isClaimed = claims.contains { closing.contains($0) }
    if one.isPlan {
      #expect(closing.contains("nothing was touched") || closing.contains("Nothing would be"))
      #expect(!closing.contains("was made") && !closing.contains("was undone"))
    } else {
      if isClaimed { #expect(!one.changed && !one.perhaps) }
      if one.failure == nil, !one.leftAlone, !one.isUndo {
        #expect(closing.contains("1 rolled back") == one.rolledBack)
        #expect(!closing.contains("Nothing had to be") || !one.rolledBack)
      }
      if one.failure != .unknown {
        #expect(closing.contains("1 change") == one.changed)
        #expect((closing.contains("command that failed") || closing.contains("1 failed command")) == one.perhaps)
      }
      let isUndoable = one.changed && !one.isUndo
      #expect(closing.contains("Undo with: ssh-recipes undo") == isUndoable)
      #expect(closing.contains("act 2") == (one.perhaps && !one.isUndo))
    }
    #expect(closing.contains("1 failure was dealt with") == (one.caught && one.failure == nil))

    // The history; a plan has none.
    guard !one.isPlan, let past = try Self.past(one) else { return }
    #expect(past.tally == report.tally)
    #expect(past.line.contains("1 change") == one.changed)
    #expect(past.line.contains("perhaps") == one.perhaps)
    #expect(past.waitsForUndo == (one.changed || one.perhaps))
    #expect(past.line.hasSuffix(", done") == (status == .done))
  }

  @Test func `only a run with a change of its own has something to undo`() throws {
    #expect(try Self.past(Case(rolledBack: true, failure: .rolledBack))?.waitsForUndo == false)
    #expect(try Self.past(Case(perhaps: true, failure: .exit))?.waitsForUndo == true)
  }
}
