import Testing

@testable import Hosts
@testable import Runs

@Suite struct ChangeLedgerTests {
  private func act(
    _ number: Int, _ call: Int?, path: String? = nil, isOpaque: Bool = false, creates: [String] = [],
    rollsBack: Bool = false, leavesNothing: Bool = false
  ) -> JournalRecord {
    let file = path.map { path in
      RecordedAct.Subject.file(
        RecordedAct.FileAct(kind: .replaceFile, path: path, before: BeforeImage(exists: false), after: "x"))
    }
    var act = RecordedAct(
      number: number, host: "pi", account: .login, summary: "act \(number)", subject: file ?? .command(creates: creates)
    )
    (act.call, act.isOpaque, act.rollsBack, act.leavesNothing) = (call, isOpaque, rollsBack, leavesNothing)
    return .before(act)
  }

  private func ended(_ call: Int, _ result: CallEnd.Result, isProved: Bool = false) -> JournalRecord {
    .ended(call: call, CallEnd(host: "pi", result: result, isProved: isProved))
  }

  private func tally(_ records: [JournalRecord]) -> Tally {
    var ledger = ChangeLedger()
    for record in records { ledger.take(record) }
    return ledger.tally
  }

  private func counts(_ records: [JournalRecord]) -> [Int] {
    let tally = tally(records)
    return [tally.changed, tally.perhaps, tally.rolledBack, tally.unchanged]
  }

  @Test func `a call counts by what became of its acts`() {
    #expect(
      counts([act(1, 1, path: "/a"), .done(act: 1), act(2, 1, path: "/b"), .failed(act: 2), ended(1, .failed)]) == [
        1, 0, 0, 0,
      ])
    #expect(counts([act(1, 1, path: "/a"), .failed(act: 1), ended(1, .failed)]) == [0, 0, 0, 0])
    // The answer was lost.
    #expect(counts([act(1, 1, path: "/a"), ended(1, .failed)]) == [0, 1, 0, 0])
    #expect(counts([act(1, 1, isOpaque: true), .done(act: 1), ended(1, .failed)]) == [0, 1, 0, 0])
    #expect(counts([act(1, 1, isOpaque: true), .done(act: 1), ended(1, .changed)]) == [1, 0, 0, 0])
    // Cut off before the end of the call.
    #expect(counts([act(1, 1, isOpaque: true), .done(act: 1)]) == [0, 1, 0, 0])
    #expect(counts([act(1, 1, leavesNothing: true), .done(act: 1), ended(1, .failed)]) == [0, 0, 0, 0])
    #expect(counts([ended(1, .unchanged), ended(2, .changed)]) == [1, 0, 0, 1])
  }

  @Test func `an undo counts a call once, however many of its acts are reversed`() {
    let folder = [act(1, 1, path: "/a"), .done(act: 1), ended(1, .changed)]
    let file = [act(2, 1, path: "/a/b"), .done(act: 2), ended(1, .changed)]
    #expect(counts(folder + file) == [1, 0, 0, 0])
    // Another act of the call left nothing to undo.
    #expect(counts([ended(1, .unchanged)] + file + [ended(1, .unchanged)]) == [1, 0, 0, 0])
    let command = [act(1, 1, isOpaque: true), .done(act: 1), ended(1, .changed)]
    #expect(counts(command + [ended(1, .unchanged)]) == [1, 0, 0, 0])
  }

  @Test func `a rollback reverses what no login has proved`() {
    let edit = [act(1, 1, path: "/etc/a"), .done(act: 1), ended(1, .changed, isProved: true)]
    let again = [act(2, 2, path: "/etc/a"), .done(act: 2), ended(2, .changed)]
    let restored = JournalRecord.restored(host: "pi", paths: ["/etc/a"], call: 3)
    #expect(counts(edit + again + [restored]) == [1, 0, 1, 0])
    #expect(counts(edit + [restored]) == [0, 0, 1, 0])
    let back = [act(3, 3, path: "/etc/a", rollsBack: true), .done(act: 3), ended(3, .failed)]
    #expect(counts(edit + again + back) == [1, 0, 1, 0])
  }

  @Test func `what undo can reverse is told apart`() {
    let tally = tally([
      act(1, 1, path: "/a"), .done(act: 1), act(2, 1, isOpaque: true, creates: ["/b"]), .done(act: 2),
      act(3, 1, creates: ["/k", "/k.pub"]), .done(act: 3), ended(1, .changed),
    ])
    #expect(tally.undoable == 2)
    #expect(tally.irrevocable == ["pi: act 3"])
  }

  @Test func `in a journal of an earlier version, each act counts by itself`() {
    #expect(
      counts([act(1, nil, path: "/a"), .done(act: 1), act(2, nil), .done(act: 2), act(3, nil), .failed(act: 3)]) == [
        2, 0, 0, 0,
      ])
  }
}
