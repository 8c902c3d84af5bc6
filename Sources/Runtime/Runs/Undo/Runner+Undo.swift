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
        if let failure = await undo.undo(past, force: false) {
          failures = failure.failures.isEmpty ? [failure] : failure.failures
        }
        summary.changes = undo.state.read(\.changed)
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

  /// The runs as one, read from their journals. Several runs may have changed this computer in turn, so its acts are
  /// sorted by time.
  private func past(of runs: [Run]) throws -> PastRun {
    let hosts = runs.flatMap(\.assignment.targets).map(\.description)
    var past = PastRun(id: Self.stamp(), recipe: recipe.name, hosts: hosts, began: .now, outcome: .done, acts: [])
    var here: [PastAct] = []
    for run in runs where run.journal?.isEmpty == false {
      let acts = try History(folder: setup.journals).run(named: run.id).acts
      past.acts += acts.filter { $0.host != computerName }
      here += acts.filter { $0.host == computerName }
    }
    past.acts += here.sorted { $0.time < $1.time }
    return past
  }

  private var computerName: String { "here" }
}

/// The result of the undo with `--all-or-nothing`.
package struct UndoSummary: Sendable, Hashable {
  package var changes: Int
  /// Changes left in place, each with the reason in a sentence.
  package var kept: [String]
  /// Whether all hosts are in their old state, except for things never undone, such as keys.
  package var isComplete: Bool

  package init(changes: Int = 0, kept: [String] = [], isComplete: Bool = true) {
    self.changes = changes
    self.kept = kept
    self.isComplete = isComplete
  }
}
