import Diagnosis
import Runs

/// The last lines of a run: what was changed, how to undo it, and next steps.
struct ClosingSummary {
  let report: Report
  let tallies: HostTallies
  /// Notes already printed, not repeated here.
  let printed: Set<String>
  let style: Style

  var lines: [String] {
    var lines = report.hosts.count > 1 ? hostLines : []
    lines.append(ending)
    if canBeUndone { lines.append(style.dim("Undo with: ssh-recipes undo")) }
    for text in report.next where !printed.contains(text) { lines.append("next: " + text.visible) }
    return lines
  }

  /// False for an undo, which is itself a run: to reverse it, the original run is repeated.
  private var canBeUndone: Bool {
    report.changed > 0 && !report.isPlan && [.applied, .failed, .cancelled].contains(report.outcome)
      && !isUndo && report.undone?.isComplete != true
  }

  private var isUndo: Bool { report.recipe.hasPrefix("undo ") }

  private var hostLines: [String] {
    let width = report.hosts.map { $0.visible.count }.max() ?? 0
    return report.hosts.map { host in
      let tally = tallies.byHost[host] ?? HostTallies.Tally()
      let failed = report.failures.contains { $0.host == host }
      let changed = isUndo ? tally.undone : tally.changed
      var parts = [report.isPlan ? "\(changed) would change" : "\(changed) changed", "\(tally.unchanged) unchanged"]
      if !isUndo, tally.undone > 0 { parts.append("\(tally.undone) undone") }
      if failed { parts.append("failed") }
      let name = host.visible + String(repeating: " ", count: width - host.visible.count)
      let paint = failed ? style.red : changed > 0 ? style.green : style.dim
      return paint("  " + name + "  " + parts.joined(separator: ", "))
    }
  }

  private var ending: String {
    let time = report.duration.text
    let unchanged = report.unchanged > 0 ? ", \(report.unchanged) unchanged" : ""
    if let undone = report.undone { return ending(undone) }
    switch report.outcome {
    case .applied: return style.green("Done in \(time): ") + counted(report.changed, "change") + unchanged + "."
    case .unchanged where report.isPlan:
      return style.green("Nothing would be changed")
        + (report.unchanged > 0 ? ": everything is already in place." : ".")
    case .unchanged:
      let all = report.unchanged > 0 ? ": everything is already in place" : ""
      return style.green("Nothing had to be changed") + all + " (\(time))."
    case .pending:
      return style.yellow("\(counted(report.changed, "change")) would be made")
        + "\(unchanged). This was a plan: nothing was touched."
    case .failed: return style.red("Failed after \(time): ") + made
    case .rolledBack:
      return style.red("Rolled back after \(time): ") + "the change failed, and the host is as it was before."
    case .rescued:
      return style.red("Rescued after \(time): ")
        + "the change was rolled back, and a rescue sshd answers; see above how to end it."
    case .unknown:
      return style.red("Unknown after \(time): ") + "check what the error names before you continue."
    case .cancelled: return style.yellow("Cancelled after \(time): ") + made
    }
  }

  /// The ending on a run with `--all-or-nothing`.
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

  private var made: String {
    report.changed == 0
      ? "nothing was changed." : "\(counted(report.changed, "change was made", "changes were made")) before that."
  }
}
