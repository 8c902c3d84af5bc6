import Contract
import Diagnosis
import Runs

/// The last lines of a run: what was changed, how to undo it, and next steps.
struct ClosingSummary {
  let report: Report
  /// Notes already printed, not repeated here.
  let printed: Set<String>
  let style: Style
  var undoCommand = "ssh-recipes undo"
  var repetition = Self.repetition

  /// How to run a recipe on the hosts that a command has not finished.
  static let repetition = "the same command with --failed"

  /// The most acts named in one line.
  private static let mostNamed = 3

  private var tally: Tally { report.tally }

  var lines: [String] {
    if let shard = report.shard, report.hosts.isEmpty { return [style.green("No hosts in shard \(shard).")] }
    var lines = report.hosts.count > 1 ? HostLines(report: report, style: style).lines : []
    lines.append(ending)
    if report.caught > 0, report.failures.isEmpty {
      lines.append(style.dim("\(counted(report.caught, "failure was", "failures were")) dealt with by the recipe."))
    }
    if !report.notBegun.isEmpty {
      let rest = report.notBegun.count
      let named = rest > 20 ? "\(rest) hosts" : report.notBegun.map(\.visible).joined(separator: ", ")
      lines.append(style.yellow("not begun any more: ") + named)
    }
    if let left = remaining { lines.append("For the remaining \(counted(left, "host")): \(repetition)") }
    for step in report.openSteps { lines.append(style.yellow("\(step.answer.rawValue): ") + step.title.visible) }
    if mayBeUndone { lines += undoLines.map(style.dim) }
    if report.isUndo, report.leftAlone > 0, !report.isPlan {
      lines.append(style.dim("To undo what was changed since, too: ssh-recipes \(report.recipe.visible) --force"))
    }
    let next = NextSteps.lines(report.next.filter { !printed.contains($0) }, hosts: report.hosts)
    lines += next.map { "next: " + $0 }
    return lines
  }

  /// The number of hosts that are not as wanted, if they are noted for `--failed` and are not all hosts.
  private var remaining: Int? {
    // A shard notes none, since others may be at work with the same home. A check has no option to repeat it there.
    guard report.recipe != Report.checkOfHosts, !report.isPlan, !report.isUndo, report.shard == nil else { return nil }
    let left = report.unfinished.count
    return left > 0 && left < report.hosts.count ? left : nil
  }

  /// False for an undo, which is itself a run: to reverse it, the original run is repeated.
  private var mayBeUndone: Bool {
    tally.mayHaveChanged && !report.isPlan && !report.isUndo && report.undone?.isComplete != true
  }

  private var undoLines: [String] {
    let left = Irrevocable.lines(tally.irrevocable).map(\.visible)
    let rest = left.count > Self.mostNamed ? "; … \(left.count - Self.mostNamed) more" : ""
    let named = left.prefix(Self.mostNamed).joined(separator: "; ") + rest
    if tally.undoable == 0 {
      let what = tally.changed == 0 ? "cannot reverse what this may have changed" : "cannot reverse"
      return left.isEmpty ? [] : ["ssh-recipes undo \(what): \(named)"]
    }
    return ["Undo with: \(undoCommand)"] + (left.isEmpty ? [] : ["It cannot reverse: \(named)"])
  }

  private var ending: String {
    let time = report.duration.text
    if let undone = report.undone { return ending(undone) }
    if report.isPlan { return planned }
    switch report.outcome {
    case .applied, .pending: return style.green("Done in \(time): ") + changes + "."
    case .unchanged: return nothingChanged
    case .failed where report.failures.isEmpty: return style.yellow("Done in part after \(time): ") + changes + "."
    case .failed where isOfSeveral:
      return style.red("Failed on \(failed) of \(report.hosts.count) hosts after \(time): ") + changes + "."
    case .failed: return style.red("Failed after \(time): ") + made
    case .rolledBack:
      let rest =
        tally.mayHaveChanged
        ? "a change failed and was rolled back; " + made : "the change failed, and the host is as it was before."
      return style.red("Rolled back after \(time): ") + rest
    case .rescued:
      return style.red("Rescued after \(time): ")
        + "the change was rolled back, and a rescue sshd answers; see above how to end it."
    case .unknown:
      return style.red("Unknown after \(time): ") + "check what the error names before you continue."
    case .cancelled: return style.yellow("Cancelled after \(time): ") + made
    }
  }

  /// The hosts that failures name.
  private var failed: Int {
    report.failedHosts.intersection(report.hosts).count
  }

  /// Whether other hosts went their own way, before and after a failure.
  private var isOfSeveral: Bool { report.hosts.count > 1 && !report.unfinished.isEmpty && failed > 0 }

  /// The ending of a plan, which changes no host even in a failure.
  private var planned: String {
    let verb = report.isUndo ? "undone" : "made"
    let made = "\(counted(tally.changed, "change")) would be \(verb)"
    let promise = "This was a plan: nothing was touched."
    switch report.outcome {
    case .pending, .applied: return style.yellow(made) + "\(unchanged)\(left). \(promise)"
    case .unchanged:
      return style.green("Nothing would be \(report.isUndo ? "undone" : "changed")")
        + (tally.unchanged > 0 ? ": everything is already in place." : left.isEmpty ? "." : "\(left).")
    case .cancelled: return style.yellow("Cancelled after \(report.duration.text). ") + promise
    case .failed, .rolledBack, .rescued, .unknown:
      let before = tally.changed > 0 ? "\(made) before that. " : ""
      return style.red("Failed after \(report.duration.text): ") + before + promise
    }
  }

  private var nothingChanged: String {
    let time = report.duration.text
    if report.isUndo {
      let rest = report.kept > 0 ? "Nothing was undone" : "Nothing had to be undone"
      return style.green(rest) + "\(left) (\(time))."
    }
    // The ledger lists no manual steps, done or open.
    if !report.manualSteps.isEmpty || tally.rolledBack > 0 {
      return style.green("Done in \(time): ") + "nothing was changed\(rolledBack)\(unchanged)\(byHand)."
    }
    let all = tally.unchanged > 0 ? ": everything is already in place" : ""
    return style.green("Nothing had to be changed") + all + " (\(time))."
  }

  /// `2 changes, 3 unchanged`.
  private var changes: String {
    let text = report.isUndo ? tally.changes("change undone", "changes undone") : tally.changes()
    return text + rolledBack + unchanged + byHand + left
  }

  private var rolledBack: String { tally.rolledBack > 0 ? ", \(tally.rolledBack) rolled back" : "" }
  private var unchanged: String { tally.unchanged > 0 ? ", \(tally.unchanged) unchanged" : "" }

  private var byHand: String {
    let done = report.manualSteps.count { $0.answer == .done }
    return done > 0 ? ", \(counted(done, "step")) done by hand" : ""
  }

  /// The parts of an undo that did not happen.
  private var left: String {
    (report.leftAlone > 0 ? ", \(report.leftAlone) left alone" : "")
      + (report.kept > 0 ? ", \(report.kept) that no program can undo" : "")
  }

  /// The ending of a run with `--all-or-nothing`.
  private func ending(_ undone: UndoSummary) -> String {
    let name =
      switch report.outcome {
      case .rolledBack: "Rolled back"
      case .rescued: "Rescued"
      case .cancelled: "Cancelled"
      case .unknown: "Unknown"
      default: "Failed"
      }
    let result =
      !undone.isComplete
      ? "not all changes could be undone; see above."
      : undone.changes == 0
        ? "there was nothing to undo." : "\(counted(undone.changes, "change was", "changes were")) undone."
    return style.red("\(name) after \(report.duration.text): ") + "not all hosts succeeded, and \(result)"
  }

  /// The changes before a failure.
  private var made: String {
    let verb = report.isUndo ? "undone" : "made"
    switch (tally.changed, tally.perhaps) {
    case (0, 0): return report.isUndo ? "nothing was undone." : "nothing was changed."
    case (0, let perhaps): return "only \(failing(perhaps)) may have \(report.isUndo ? "undone" : "changed") something."
    case (let changed, 0): return "\(counted(changed, "change was", "changes were")) \(verb) before that."
    case (let changed, let perhaps):
      return
        "\(counted(changed, "change was", "changes were")) \(verb) before that, and perhaps more by \(failing(perhaps))."
    }
  }

  /// The effect of a failed command is unknown.
  private func failing(_ count: Int) -> String {
    count == 1 ? "the command that failed" : "the \(count) commands that failed"
  }
}

extension Report {
  /// In place of a recipe's name, which has no blanks.
  static let checkOfHosts = "hosts --check"
}
