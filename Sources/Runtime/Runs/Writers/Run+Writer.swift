import Hosts
import LoginSafety

extension Run {
  /// The writer of a real run: takes the lock, writes the journal, then acts.
  ///
  /// - Parameter call: the call of a primitive that the acts belong to; `nil` for the runtime's own work.
  func writer(for reader: Reader, call: Int? = nil) -> any Writer {
    let lock = HostLock(host: reader.host, run: id, isOver: hasEnded) { holder in
      guard let tag = ShardTag.text(in: self.id), ShardTag.text(in: holder.run) == tag else { return }
      self.state.update { $0.isOwnShardAtWork = true }
    } tell: {
      self.tell($0, of: reader.host)
    }
    let writer = ApplyWriter(host: reader.host, runID: id, lock: lock)
    var recorded = JournalWriter(writer: writer, reader: reader, journal: journal, state: state, call: call)
    if reader.host.isHere { recorded.acted = { [factory] in await factory.changedThisComputer() } }
    // An undo brings a separate watchdog and proof.
    return state.read(\.isWatched) ? WatchedWriter(writer: recorded, reader: reader) : recorded
  }

  /// Whether the lock belongs to a run of this computer with an end in the journal.
  private func hasEnded(_ holder: LockHolder) -> Bool {
    let history = History(folder: setup.journals)
    // The host names the run, and the name must not lead to another file.
    guard holder.isOwn, history.ids.contains(holder.run) else { return false }
    return (try? history.run(named: holder.run))?.outcome != nil
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
