import Runs

/// The calls in progress, one line per host or branch. A terminal redraws these lines continually.
struct LiveStatus {
  struct Row: Equatable {
    var label: String
    var step: String
    var what: String?
    var since: ContinuousClock.Instant
  }

  private(set) var rows: [Int: Row] = [:]
  private var labels: [Int: String] = [:]
  private var running: [Int: (branch: Int, text: String)] = [:]
  private var isOver = false
  private var progress = HostProgress()

  mutating func take(_ event: Event, at now: ContinuousClock.Instant) {
    progress.take(event, at: now)
    switch event {
    case .started(let recipe, _, _, _): rows[0] = Row(label: "", step: recipe, since: now)
    case .branch(let branch, let parent, let label):
      labels[branch] = label
      rows[branch] = Row(label: label ?? "", step: rows[parent]?.step ?? "", since: now)
      // A recipe may open branches without end; only few are open at a time.
      if rows.count > 20_000 {
        labels = labels.filter { $0.key > branch - 10_000 }
        rows = rows.filter { $0.key > branch - 10_000 || $0.key == 0 || $0.value.what != nil }
      }
    case .step(let title, let branch, _):
      rows[branch] = Row(label: labels[branch] ?? "", step: title, since: now)
    case .primitive(let call): take(call, at: now)
    case .waiting(let host, let reason, _):
      for (id, row) in rows where row.label == host || id == 0 { rows[id]?.what = "\(host): \(reason)" }
    case .progress(let host, let primitive, let done, let all, let branch):
      rows[branch, default: Row(label: labels[branch] ?? "", step: "", since: now)].what =
        "\(host): \(primitive), \(ByteCount(done).text) of \(ByteCount(all).text)"
    case .finished: isOver = true
    default: break
    }
  }

  private mutating func take(_ call: PrimitiveEvent, at now: ContinuousClock.Instant) {
    if call.state == .began {
      let what = call.what == call.primitive ? "" : " " + call.what
      let place = labels[call.branch] == call.host ? "" : "\(call.host): "
      running[call.id] = (call.branch, "\(place)\(call.primitive)\(what)")
    } else {
      running[call.id] = nil
    }
    let current = running.values.first { $0.branch == call.branch }?.text
    rows[call.branch, default: Row(label: labels[call.branch] ?? "", step: "", since: now)].what = current
  }

  /// - Parameters:
  ///   - width: columns; longer lines are cut.
  ///   - height: the maximum number of branches to list, the longest-running first.
  func lines(width: Int, height: Int, spinner: String, now: ContinuousClock.Instant) -> [String] {
    guard !isOver else { return [] }
    // A branch that has started others only waits for them.
    let working = rows.filter { $0.value.what != nil }.sorted { ($0.value.since, $0.key) < ($1.value.since, $1.key) }
    let total = progress.line(spinner: spinner, now: now)
    let idle = total == nil ? rows.filter { $0.key == 0 }.sorted { $0.key < $1.key } : []
    let shown = working.isEmpty ? idle : working
    let room = max(1, height - (total == nil ? 0 : 1))
    var lines = shown.prefix(room).map { Self.text($0.value, total == nil ? spinner : " ", now) }
    if shown.count > lines.count { lines.append("  … and \(shown.count - lines.count) more at work") }
    lines.insert(contentsOf: total.map { [$0] } ?? [], at: 0)
    return lines.map { String($0.prefix(max(10, width - 1))) }
  }

  private static func text(_ row: Row, _ spinner: String, _ now: ContinuousClock.Instant) -> String {
    let elapsed = now - row.since
    let time = elapsed >= .seconds(2) ? " (\(elapsed.components.seconds) s)" : ""
    let label = row.label.isEmpty ? "" : "[\(row.label.visible)] "
    let text = [row.step, row.what].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " – ")
    return "\(spinner) \(label)\(text.visible)\(time)"
  }
}
