import Diagnosis

extension Report {
  /// Sums up the runs of one command.
  init(
    of runs: [Run], failures: [Failure], recipe: String, hosts: [String], duration: Duration, isPlan: Bool,
    undone: UndoSummary? = nil
  ) {
    let changed = runs.reduce(0) { $0 + $1.state.read(\.changed) }
    self.init(
      outcome: Self.outcome(of: Set(failures.map(\.kind)), changed: changed, isPlan: isPlan, undone), recipe: recipe,
      hosts: hosts, changed: changed, unchanged: runs.reduce(0) { $0 + $1.state.read(\.unchanged) },
      failures: failures, warnings: runs.flatMap { $0.state.read(\.warnings) },
      next: runs.flatMap { $0.state.read(\.notes) }, duration: duration, isPlan: isPlan,
      undone: undone)
  }

  /// The worst outcome among the runs.
  private static func outcome(
    of failures: Set<Failure.Kind>, changed: Int, isPlan: Bool, _ undone: UndoSummary?
  ) -> Outcome {
    if failures.contains(.unknown) { return .unknown }
    if failures.contains(.rescued) { return .rescued }
    if let undone, !undone.isComplete { return .failed }
    if failures.contains(.rolledBack) { return .rolledBack }
    if failures == [.cancelled] { return .cancelled }
    if let undone, undone.changes > 0 { return .rolledBack }
    if !failures.isEmpty { return .failed }
    if changed == 0 { return .unchanged }
    return isPlan ? .pending : .applied
  }
}
