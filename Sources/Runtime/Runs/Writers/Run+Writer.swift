import Hosts

extension Run {
  /// The writer of a real run: takes the lock, writes the journal, then acts.
  func writer(for reader: Reader) -> any Writer {
    let lock = HostLock(host: reader.host, run: id) { self.tell($0, of: reader.host) }
    let writer = ApplyWriter(host: reader.host, runID: id, lock: lock)
    return journal.map { JournalWriter(writer: writer, reader: reader, journal: $0) } ?? writer
  }

  private func tell(_ notice: HostLock.Notice, of host: Host) {
    switch notice {
    case .tookOver(let holder):
      let run = holder.text(now: nil)
      note("\(host.name): a run that did not come to its end (\(run)) had left its lock there", branch: branch)
    case .impossible:
      warn("\(host.name): no lock can be made there, so nothing keeps another run away meanwhile", branch: branch)
    }
  }
}
