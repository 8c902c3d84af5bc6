/// The lasting acts of a run and the calls that made them, from the records of its journal: as they are written, or read
/// from the file later.
struct ChangeLedger: Sendable, Hashable {
  /// An act with a lasting effect.
  private struct Entry: Sendable, Hashable {
    enum State: Sendable { case begun, done, notDone, rolledBack }

    var number: Int
    var host: String
    var summary: String
    /// `nil` for a command.
    var path: String?
    var isOpaque: Bool
    var isUndoable: Bool
    var state = State.begun
    /// Whether a later rollback leaves the act in place.
    var isProved = false

    /// Whether the act may have an effect that is still there.
    var mayStay: Bool { state == .begun || state == .done }
  }

  /// A call of a primitive; in journals of earlier versions, an act.
  private struct Call: Sendable, Hashable {
    var host: String
    var entries: [Entry] = []
    /// `nil` while the call lasts, or if the run was cut off during it.
    var result: CallEnd.Result?

    /// An undo ends once for each act of the call: one reversed act is a change.
    mutating func end(_ result: CallEnd.Result) { if self.result != .changed { self.result = result } }

    var effect: Effect {
      let stays = entries.contains(where: \.mayStay)
      if !stays, entries.contains(where: { $0.state == .rolledBack }) { return .rolledBack }
      if result == .changed { return .changed }
      // A file is as wanted or as before, and our own commands tell whether they succeeded. The effect of a recipe's
      // own command is known only to its author.
      if entries.contains(where: { $0.state == .done && !$0.isOpaque }) { return .changed }
      return stays ? .perhaps : .none
    }
  }

  /// An act before its end.
  private struct OpenAct: Sendable, Hashable {
    var call: Int
    var act: RecordedAct
  }

  /// A call's effect on its host.
  private enum Effect { case none, changed, perhaps, rolledBack }

  private var calls: [Int: Call] = [:]
  /// The calls of entries not yet at their end, by the number of the act.
  private var open: [Int: OpenAct] = [:]

  /// Whether the call has recorded an act, lasting or not.
  func hasActs(of call: Int) -> Bool { calls[call] != nil }

  mutating func take(_ record: JournalRecord) {
    switch record {
    case .before(let act): begin(act)
    case .done(let number): end(number, .done)
    case .failed(let number): end(number, .notDone)
    case .restored(let host, let paths, let call): for path in paths { rollBack(path, on: host, by: call) }
    case .ended(let call, let end):
      calls[call, default: Call(host: end.host)].end(end.result)
      if end.isProved { prove(end.host) }
    case .run, .met, .exited, .moved, .end, .undone, .unfinished: break
    }
  }

  private mutating func begin(_ act: RecordedAct) {
    // Journals of earlier versions name no call, and an undo's or a watchdog's own work belongs to none.
    let call = act.call ?? -act.number
    var trimmed = act
    if case .file(var file) = act.subject {
      file.before.contents = nil
      trimmed.subject = .file(file)
    }
    open[act.number] = OpenAct(call: call, act: trimmed)
    guard !act.leavesNothing, !act.rollsBack else {
      if act.call != nil { calls[call] = calls[call] ?? Call(host: act.host) }
      return
    }
    calls[call, default: Call(host: act.host)].entries.append(
      Entry(
        number: act.number, host: act.host, summary: act.summary, path: act.file?.path, isOpaque: act.isOpaque,
        isUndoable: act.isUndoable))
  }

  private mutating func end(_ number: Int, _ state: Entry.State) {
    guard let opened = open.removeValue(forKey: number) else { return }
    let (call, act) = (opened.call, opened.act)
    if act.rollsBack {
      if state == .done, let path = act.file?.path { rollBack(path, on: act.host, by: act.call) }
      return
    }
    guard let index = calls[call]?.entries.firstIndex(where: { $0.number == number }) else { return }
    calls[call]?.entries[index].state = state
  }

  /// A rollback within a call reverses this call's own acts; any other reverses all that no login has proved or, if there
  /// are none, all.
  private mutating func rollBack(_ path: String, on host: String, by call: Int?) {
    if let call, reverse(path, on: host, in: [call]) { return }
    if reverse(path, on: host, in: Array(calls.keys)) { return }
    _ = reverse(path, on: host, in: Array(calls.keys), isProved: true)
  }

  /// - Returns: whether there was such an act.
  private mutating func reverse(_ path: String, on host: String, in ids: [Int], isProved: Bool = false) -> Bool {
    var found = false
    for id in ids {
      for (index, entry) in (calls[id]?.entries ?? []).enumerated()
      where entry.host == host && entry.path == path && entry.isProved == isProved && entry.mayStay {
        calls[id]?.entries[index].state = .rolledBack
        found = true
      }
    }
    return found
  }

  private mutating func prove(_ host: String) {
    for id in calls.keys where calls[id]?.host == host {
      for index in calls[id]?.entries.indices ?? 0..<0 { calls[id]?.entries[index].isProved = true }
    }
  }
}

extension ChangeLedger {
  /// The effects on each host.
  var byHost: [String: Tally] {
    var tallies: [String: Tally] = [:]
    for (_, call) in calls.sorted(by: { $0.key < $1.key }) {
      var tally = Tally()
      switch call.effect {
      case .changed: tally.changed = 1
      case .perhaps: tally.perhaps = 1
      case .rolledBack: tally.rolledBack = 1
      case .none: if call.result == .unchanged { tally.unchanged = 1 }
      }
      for entry in call.entries where entry.mayStay {
        if entry.isUndoable {
          tally.undoable += 1
        } else {
          tally.irrevocable.append("\(entry.host): \(entry.summary)")
        }
      }
      tallies[call.host, default: Tally()] += tally
    }
    return tallies
  }

  var tally: Tally { byHost.sorted { $0.key < $1.key }.reduce(into: Tally()) { $0 += $1.value } }
}

/// The end of a primitive's call.
struct CallEnd: Sendable, Hashable {
  enum Result: String, Sendable { case changed, unchanged, failed }

  var host: String
  var result: Result
  /// Whether no change on the host waits for its proof any more.
  var isProved = false
}
