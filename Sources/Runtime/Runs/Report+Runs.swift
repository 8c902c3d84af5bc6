import Contract
import Diagnosis

extension Report {
  /// Sums up the runs of one command.
  ///
  /// - Parameter passed: failures before another attempt.
  init(
    of runs: [Run], failures: [Failure], recipe: String, hosts: [String], duration: Duration, isPlan: Bool,
    isUndo: Bool = false, undone: UndoSummary? = nil, passed: [Failure] = []
  ) {
    self.init(
      recipe: recipe, hosts: hosts, failures: failures, duration: duration, isPlan: isPlan, isUndo: isUndo)
    self.undone = undone
    let ended = Set((failures + passed).flatMap(\.actions))
    for values in runs.map(\.state.snapshot) {
      for (host, tally) in values.ledger.byHost { byHost[host, default: Tally()] += tally }
      caught += values.failedActions.subtracting(ended).count
      manualSteps += values.manualSteps
      warnings += values.warnings
      next += values.notes
      leftAlone += values.leftAlone.values.reduce(0, +)
      kept += values.kept.values.reduce(0, +)
    }
  }

  /// The effects on all hosts.
  package var tally: Tally { byHost.sorted { $0.key < $1.key }.reduce(into: Tally()) { $0 += $1.value } }

  /// The worst of all ends: of the runs, and of their undo.
  public var outcome: Outcome {
    let kinds = Set(failures.flatMap(\.kinds))
    if kinds.contains(.unknown) { return .unknown }
    if kinds.contains(.rescued) { return .rescued }
    if let undone, !undone.isComplete { return .failed }
    if kinds.contains(.rolledBack) { return .rolledBack }
    if kinds == [.cancelled] { return .cancelled }
    if let undone, undone.changes > 0 { return .rolledBack }
    if !failures.isEmpty || !notBegun.isEmpty || leftAlone > 0 && !isPlan { return .failed }
    guard tally.mayHaveChanged else { return .unchanged }
    return isPlan ? .pending : .applied
  }

  /// The hosts named by failures and by their parts.
  package var failedHosts: Set<String> { Set(failures.flatMap { [$0] + $0.failures }.compactMap(\.host)) }

  /// The manual steps that may still be open.
  package var openSteps: [ManualStep] { manualSteps.filter { $0.answer != .done } }
}

extension Failure {
  /// The kinds of the failure and of the failure's parts, without `parallel`, which only sums up.
  var kinds: [Kind] { (kind == .parallel ? [] : [kind]) + failures.flatMap(\.kinds) }

  /// The failed calls behind this failure.
  fileprivate var actions: [Int] { (action.map { [$0] } ?? []) + failures.flatMap(\.actions) }
}
