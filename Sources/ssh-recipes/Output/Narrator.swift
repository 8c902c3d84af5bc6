import Diagnosis
import Runs

/// Turns events into lasting lines of output: the same text for terminals and logs, with or without marks and colours.
struct Narrator {
  enum Detail: Sendable, Comparable { case quiet, normal, verbose }

  struct Line: Equatable {
    var text: String
    /// Warnings and errors, which go to standard error.
    var isComplaint = false
    /// Wrapped already, or a command to copy.
    var isFixed = false
  }

  /// From this many hosts on, unchanged items are only counted.
  private static let manyHosts = 9
  /// From this many hosts on, changes and notes too are only counted. Each host has a line in logs; a terminal shows
  /// totals.
  private static let crowd = 25

  let style: Style
  let detail: Detail
  /// Whether lines begin with marks such as `✓`.
  let hasMarks: Bool
  var undoCommand = "ssh-recipes undo"
  var repetition = ClosingSummary.repetition
  /// Columns of the terminal; `nil` for no wrapping.
  var width: Int?
  private var hosts: [String] = []
  private var counts: [String: (changed: Int, unchanged: Int)] = [:]
  private var isPlan = false
  private var isUndo = false
  private var labels: [Int: String] = [:]
  /// How often each message of a host's failure was printed.
  private var repeats: [String: Int] = [:]
  /// The most lines with one message. The end names all hosts.
  private static let mostRepeats = 5
  /// Notes already printed, not repeated in the summary.
  private var notes: Set<String> = []

  init(style: Style, detail: Detail, hasMarks: Bool) {
    self.style = style
    self.detail = detail
    self.hasMarks = hasMarks
  }

  mutating func lines(for event: Event) -> [Line] {
    switch event {
    case .started(let recipe, let summary, let hosts, let isPlan):
      self.hosts = hosts
      self.isPlan = isPlan
      isUndo = recipe.hasPrefix("undo ")
      return ifTalking([header(recipe, summary), ""])
    case .wave(let number, let count, let hosts):
      let head = "Wave \(number) of \(count): \(Self.named(hosts))"
      return ifTalking([style.bold((hasMarks ? "▸ " : "") + head)])
    case .run(let run): return lines(for: run)
    case .connected(let host, let method, let platform):
      if hosts.count >= Self.manyHosts, detail < .verbose { return [] }
      let way = method.map { "by \($0), " } ?? ""
      return ifTalking([
        style.dim("  " + (hasMarks ? "· " : "") + word("logged in") + "\(host.visible): \(way)\(platform.visible)")
      ])
    case .step(let title, let branch, _):
      if branch != 0, detail < .verbose { return [] }
      return ifTalking([style.bold((hasMarks ? "▸ " : "") + prefix(branch) + title.visible)])
    case .branch(let branch, _, let label):
      labels[branch] = label
      // A recipe may open branches without end; only few are open at a time.
      if labels.count > 20_000 { labels = labels.filter { $0.key > branch - 10_000 } }
      return []
    case .primitive(let call): return lines(for: call)
    case .passed(_, let host, let what, let branch):
      guard detail >= .verbose else { return [] }
      let place = prefix(branch, unless: host) + "\(host.visible): "
      return ifTalking(["  " + style.dim((hasMarks ? "· " : "") + word("gate") + place + what.visible)])
    case .note(let text, let branch):
      // The end has the notes of all hosts.
      if isCrowd { return [] }
      notes.insert(text)
      return ifTalking(text.visibleLines.map { "  " + mark("i", style.cyan) + word("note") + prefix(branch) + $0 })
    case .warning(let text, let branch):
      let head = "  " + mark("!", style.yellow) + style.yellow(word("warning"))
      return text.visibleLines.map { Line(text: head + prefix(branch) + $0, isComplaint: true) }
    case .waiting(let host, let reason, let duration):
      return ifTalking([
        "  " + mark("…", style.yellow) + word("waiting") + "\(host.visible): \(reason.visible) (\(duration.text))"
      ])
    case .output(let host, let text, _, let branch):
      let place = hosts.count > 1 ? "\(host.visible): " : ""
      return ifTalking(["    " + style.dim("| " + prefix(branch, unless: host) + place + text.visible)])
    case .progress: return []
    case .script(let host, let account, let name, let text):
      let head = "  $ \(host.visible) as \(account): \(name.visible)"
      return ([head] + text.visibleLines.map { "    | " + $0 }).map { Line(text: style.dim($0), isComplaint: true) }
    case .finished(let report): return closing(report)
    }
  }

  private mutating func lines(for run: RunEvent) -> [Line] {
    if case .ended(let failure) = run.state { return end(of: run, failure) }
    guard case .again(let failure, let pause) = run.state else { return [] }
    let head = "  " + mark("…", style.yellow) + style.yellow(word("again"))
    let host = failure.host ?? run.hosts.joined(separator: ", ")
    let next = run.attempt < run.attempts ? "attempt \(run.attempt + 1) of \(run.attempts)" : "once more"
    return ifTalking([
      head + "\(host.visible): \(failure.message.visible); \(next) in \(pause.components.seconds) s"
    ])
  }

  private var isCrowd: Bool { hosts.count >= Self.crowd && detail < .verbose }

  /// With very many hosts: a line for each in logs. On a terminal, only for failures.
  private mutating func end(of run: RunEvent, _ failure: Failure?) -> [Line] {
    guard isCrowd, run.hosts.count == 1, let host = run.hosts.first else { return [] }
    if let failure {
      let message = failure.message
      let count = repeats[message, default: 0]
      repeats[message] = count + 1
      // Logs keep a line for each host.
      if hasMarks, count > Self.mostRepeats { return [] }
      let place = hasMarks && count == Self.mostRepeats ? "on more hosts, named at the end" : host.visible
      return ifTalking(["  " + mark("✗", style.red) + style.red(word("failed")) + "\(place): \(message.visible)"])
    }
    guard !hasMarks else { return [] }
    let (changed, unchanged) = counts[host] ?? (0, 0)
    let text =
      "\(host.visible): \(changed) \(isPlan ? "would change" : isUndo ? "undone" : "changed"), \(unchanged) unchanged"
    return ifTalking(["  " + word("done") + text + " (\(run.duration.text))"])
  }

  private mutating func lines(for call: PrimitiveEvent) -> [Line] {
    if isCrowd {
      switch call.state {
      case .changed: counts[call.host, default: (0, 0)].changed += 1
      case .unchanged: counts[call.host, default: (0, 0)].unchanged += 1
      default: break
      }
      return []
    }
    var lines: [String] = []
    let what = prefix(call.branch, unless: call.host) + call.host.visible + ": " + call.what.visible
    switch call.state {
    case .began: return []
    case .unchanged:
      if hosts.count >= Self.manyHosts, detail < .verbose { return [] }
      lines = ["  " + style.dim((hasMarks ? "· " : "") + word("unchanged") + what)]
    case .changed:
      lines = ["  " + mark(isPlan ? "+" : "✓", style.green) + style.green(word(isPlan ? "would" : "changed")) + what]
    case .read:
      guard detail >= .verbose else { return [] }
      lines = ["  " + style.dim((hasMarks ? "· " : "") + word("read") + what)]
    case .seen(let isGood):
      lines = [
        "  " + (isGood ? mark("✓", style.green) + word("seen") : mark("!", style.yellow) + style.yellow(word("seen")))
          + what
      ]
    case .failed(let failure):
      let text = prefix(call.branch, unless: call.host) + "\(call.host.visible): \(failure.message.visible)"
      // The recipe may still catch the failure. Red is for the failures that end a run, told at the end.
      lines = ["  " + mark("✗", style.yellow) + style.yellow(word("failed")) + text]
    }
    if let diff = call.diff, isPlan || detail == .verbose {
      lines += diff.visibleLines.map { "      " + colored($0) }
    }
    return ifTalking(lines)
  }

  private func header(_ recipe: String, _ summary: String) -> String {
    let place = hosts.isEmpty ? "" : style.dim("  on \(Self.named(hosts))")
    return style.bold((isPlan ? "plan of " : "") + recipe.visible) + ": " + summary.visible + place
  }

  /// The hosts by name; more than six only as a number.
  private static func named(_ hosts: [String]) -> String {
    hosts.count > 6 ? counted(hosts.count, "host") : hosts.map(\.visible).joined(separator: ", ")
  }

  private func closing(_ report: Report) -> [Line] {
    var lines: [Line] = []
    for text in failures(report) {
      if detail > .quiet || !lines.isEmpty { lines.append(Line(text: "", isComplaint: true)) }
      lines += text.map { Line(text: $0, isComplaint: true, isFixed: true) }
    }
    guard detail > .quiet else { return lines }
    let summary = ClosingSummary(
      report: report, printed: notes, style: style, undoCommand: undoCommand, repetition: repetition)
    return lines + [Line(text: "")] + summary.lines.map { Line(text: $0) }
  }

  /// Failures with the same cause are told once, with their hosts. A failure over several branches is replaced by
  /// the failures of the branches, which say more.
  private func failures(_ report: Report) -> [[String]] {
    let isVerbose = detail == .verbose
    let groups = FailureGroup.groups(of: report.failures)
    return groups.flatMap { group in
      isVerbose || group.hosts.count < 2
        ? group.failures.map { FailureText.lines($0, style: style, verbose: isVerbose, width: width) }
        : [FailureText.lines(group, style: style, width: width)]
    }
  }

  /// The branch's label in brackets, unless the line names the host and that is the label.
  private func prefix(_ branch: Int, unless host: String? = nil) -> String {
    guard let label = labels[branch], label != host else { return "" }
    return style.cyan("[\(label.visible)] ")
  }

  private func word(_ word: String) -> String { word + String(repeating: " ", count: max(1, 11 - word.count)) }
  private func mark(_ mark: String, _ paint: (String) -> String) -> String { hasMarks ? paint(mark) + " " : "" }

  private func colored(_ line: String) -> String {
    line.hasPrefix("+") ? style.green(line) : line.hasPrefix("-") ? style.red(line) : style.dim(line)
  }

  private func ifTalking(_ lines: [String]) -> [Line] { detail > .quiet ? lines.map { Line(text: $0) } : [] }
}
