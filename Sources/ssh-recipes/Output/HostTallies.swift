import Runs

/// Counts the actions of each host, by result.
struct HostTallies {
  struct Tally: Equatable {
    var changed = 0
    var unchanged = 0
    var failed = 0
    var undone = 0
  }

  private(set) var byHost: [String: Tally] = [:]

  mutating func count(_ action: Action) {
    switch action.state {
    case .changed where action.primitive == "undo": byHost[action.host, default: Tally()].undone += 1
    case .changed: byHost[action.host, default: Tally()].changed += 1
    case .unchanged: byHost[action.host, default: Tally()].unchanged += 1
    case .failed: byHost[action.host, default: Tally()].failed += 1
    case .began, .seen, .read: break
    }
  }
}
