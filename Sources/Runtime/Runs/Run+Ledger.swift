import Hosts

extension Run {
  /// Counts an ended call. A crash may lose the call's record in the journal, but the records of the acts are enough.
  func ended(_ call: Int, _ end: CallEnd) {
    let record = JournalRecord.ended(call: call, end)
    let hasActs = state.update { values in
      defer { values.ledger.take(record) }
      return values.ledger.hasActs(of: call)
    }
    if hasActs { try? journal?.write(record, isDurable: false) }
  }

  /// Counts files restored on the host, without an act of this run.
  func rolledBack(_ paths: [String], on host: Host, by call: Int?) {
    guard !paths.isEmpty else { return }
    let record = JournalRecord.restored(host: host.name, paths: paths, call: call)
    state.update { $0.ledger.take(record) }
    if journal?.isEmpty == false { try? journal?.write(record, isDurable: false) }
  }

  /// The host of a branch, by the branch's label.
  func hostName(of branch: Int) -> String? {
    guard let label = state.label(of: branch), readers.contains(where: { $0.host.name == label }) else { return nil }
    return label
  }

  /// The host of a run on one host.
  var onlyHost: String? { readers.count == 2 ? readers[1].host.name : nil }
}
