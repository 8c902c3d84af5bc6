/// The hosts on which a command failed or was not begun.
package struct UnfinishedHosts: Sendable, Hashable {
  package var names: [String]
  /// The number of the command's hosts.
  package var total: Int
}

extension Runner {
  /// Records the unfinished hosts in one journal of the command: a run without a change has no journal of its own.
  func record(_ unfinished: [String], of hosts: Int, in runs: [Run]) {
    guard !unfinished.isEmpty else { return }
    let record = JournalRecord.unfinished(UnfinishedHosts(names: unfinished, total: hosts))
    for run in runs {
      guard let path = run.journal?.path else { continue }
      // The terminal and the report tell it too; a full disk must not turn a good run into a failed one.
      if (try? Journal.append(record, to: path)) != nil { return }
    }
  }
}

extension PastCommand {
  /// `nil` if the command ended on all hosts, or was cut off.
  package var unfinished: UnfinishedHosts? { runs.lazy.compactMap(\.unfinished).first }
}
