import Runs

/// Counts the calls of each host, by result.
struct HostTallies {
  struct Tally: Equatable {
    var changed = 0
    var unchanged = 0
    var failed = 0
    var undone = 0
  }

  private(set) var byHost: [String: Tally] = [:]

  mutating func count(_ call: PrimitiveEvent) {
    switch call.state {
    case .changed where call.primitive == "undo": byHost[call.host, default: Tally()].undone += 1
    case .changed: byHost[call.host, default: Tally()].changed += 1
    case .unchanged: byHost[call.host, default: Tally()].unchanged += 1
    case .failed: byHost[call.host, default: Tally()].failed += 1
    case .began, .seen, .read: break
    }
  }
}
