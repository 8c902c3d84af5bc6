import Hosts
import LoginSafety

extension Run {
  /// The writer of a real run: takes the lock, writes the journal, then acts.
  func writer(for reader: Reader) -> any Writer {
    let lock = HostLock(host: reader.host, run: id) { self.tell($0, of: reader.host) }
    let writer = ApplyWriter(host: reader.host, runID: id, lock: lock)
    let recorded: any Writer
    if let journal {
      recorded = JournalWriter(writer: writer, reader: reader, journal: journal)
    } else {
      recorded = writer
    }
    // An undo has a watchdog and a proof of its own.
    return state.read(\.isWatched) ? WatchedWriter(writer: recorded, reader: reader) : recorded
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
