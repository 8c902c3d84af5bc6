import Runs

/// How far a command with several hosts is.
struct HostProgress {
  private var total = 0
  private var done = 0
  private var failed = 0
  private var atWork: Set<[String]> = []
  private var wave: (number: Int, of: Int)?
  private var start: ContinuousClock.Instant?

  mutating func take(_ event: Event, at now: ContinuousClock.Instant) {
    switch event {
    case .started(_, _, let hosts, _): (total, start) = (hosts.count, now)
    case .wave(let number, let count, _): wave = (number, count)
    case .run(let run):
      switch run.state {
      case .began: atWork.insert(run.hosts)
      case .again: atWork.remove(run.hosts)
      case .ended(let failure):
        atWork.remove(run.hosts)
        done += run.hosts.count
        if failure != nil { failed += run.hosts.count }
      }
    default: break
    }
  }

  /// `34 of 60 hosts done, 2 failed, 12 at work (1 min 3 s)`; `nil` for a single host or a single run.
  func line(spinner: String, now: ContinuousClock.Instant) -> String? {
    guard total > 1, done > 0 || atWork.count > 1 else { return nil }
    var parts = ["\(done) of \(total) hosts done"]
    if failed > 0 { parts.append("\(failed) failed") }
    if !atWork.isEmpty { parts.append("\(atWork.count) at work") }
    if let wave { parts.append("wave \(wave.number) of \(wave.of)") }
    let seconds = start.map { $0.duration(to: now).components.seconds } ?? 0
    let time = seconds >= 2 ? " (\(seconds >= 100 ? "\(seconds / 60) min \(seconds % 60) s" : "\(seconds) s"))" : ""
    return "\(spinner) \(parts.joined(separator: ", "))\(time)"
  }
}
