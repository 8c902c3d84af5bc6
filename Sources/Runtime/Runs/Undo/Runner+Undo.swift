import Diagnosis
import FoundationEssentials
import Hosts
import Recipes

extension Runner {
  /// Undoes runs on all their hosts, over their open connections, so that no other run comes in between and the user is
  /// not asked for a password again. Closes the runs.
  ///
  /// - Parameter ended: the runs, each with its failure.
  /// - Returns: a summary of the undo, and the failure.
  func undo(
    _ ended: [(run: Run, failure: Failure?)], _ computer: ThisComputer
  ) async -> (summary: UndoSummary, failures: [Failure]) {
    let runs = ended.map(\.run)
    var summary = UndoSummary()
    var failures: [Failure] = []
    do {
      let past = try self.past(of: runs)
      if !past.acts.isEmpty {
        setup.sink.receive(
          .step(title: "Undo what was changed: not all came to their end", branch: 0, position: nil))
        // Remembered files may be outdated by now.
        for reader in runs.flatMap(\.readers) { reader.host.touch() }
        let undo = try Run(undoing: runs, as: past.id, setup, computer)
        if let failure = await undo.undo(past, force: false) { failures = failure.parts }
        let byHost = undo.state.read { $0.ledger.byHost }
        summary.byHost = byHost.mapValues(\.changed)
        summary.kept = undo.state.read { $0.notes + $0.warnings }
        summary.isComplete = failures.isEmpty && undo.state.read(\.warnings).isEmpty
      }
    } catch {
      failures = [Failure(.failed, "what was changed could not be undone", explanation: "\(error)")]
      summary.isComplete = false
    }
    for (run, failure) in ended { await run.close(as: summary.isComplete ? .undone : RecordedOutcome(failure)) }
    return (summary, failures)
  }

  /// The runs, read from their journals.
  private func past(of runs: [Run]) throws -> PastCommand {
    let history = History(folder: setup.journals)
    let journals = runs.filter { $0.journal?.isEmpty == false }
    return PastCommand(Self.stamp(), try journals.map { try history.run(named: $0.id) })
  }
}

/// The result of the undo with `--all-or-nothing`.
package struct UndoSummary: Sendable, Hashable {
  package var changes: Int { byHost.values.reduce(0, +) }
  /// The changes undone on each host, and on this computer as `here`.
  package var byHost: [String: Int]
  /// Changes left in place, each with the reason in a sentence.
  package var kept: [String]
  /// Whether all hosts are in their old state, except for things never undone, such as keys.
  package var isComplete: Bool

  package init(byHost: [String: Int] = [:], kept: [String] = [], isComplete: Bool = true) {
    self.byHost = byHost
    self.kept = kept
    self.isComplete = isComplete
  }
}
