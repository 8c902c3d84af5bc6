import Diagnosis
import Runs

/// The end of a run in a few lines: what changed, what did not, what to do next.
struct ClosingSummary {
  let report: Report
  let tallies: HostTallies
  let told: Set<String>
  let style: Style

  var lines: [String] {
    var lines = report.hosts.count > 1 ? hostLines : []
    lines.append(verdict)
    if canBeTakenBack { lines.append(style.dim("ssh-recipes undo takes it back.")) }
    for text in report.next where !told.contains(text) { lines.append("next: " + text.visible) }
    return lines
  }

  /// Taking back is itself a run; to take that back, its own run is run again.
  private var canBeTakenBack: Bool {
    report.changed > 0 && !report.isPlan && [.applied, .failed, .cancelled].contains(report.outcome)
      && !isUndo && report.takenBack?.isComplete != true
  }

  private var isUndo: Bool { report.recipe.hasPrefix("undo ") }

  private var hostLines: [String] {
    let width = report.hosts.map { $0.visible.count }.max() ?? 0
    return report.hosts.map { host in
      let tally = tallies.byHost[host] ?? HostTallies.Tally()
      let failed = report.failures.contains { $0.host == host }
      let changed = isUndo ? tally.takenBack : tally.changed
      var parts = [report.isPlan ? "\(changed) would change" : "\(changed) changed", "\(tally.unchanged) unchanged"]
      if !isUndo, tally.takenBack > 0 { parts.append("\(tally.takenBack) taken back") }
      if failed { parts.append("failed") }
      let name = host.visible + String(repeating: " ", count: width - host.visible.count)
      let paint = failed ? style.red : changed > 0 ? style.green : style.dim
      return paint("  " + name + "  " + parts.joined(separator: ", "))
    }
  }

  private var verdict: String {
    let time = report.duration.text
    let right = report.unchanged > 0 ? ", \(report.unchanged) already right" : ""
    if let back = report.takenBack { return verdict(back) }
    switch report.outcome {
    case .applied: return style.green("Done in \(time): ") + counted(report.changed, "change") + right + "."
    case .unchanged where report.isPlan:
      return style.green("Nothing would be changed") + (report.unchanged > 0 ? ": all is as wanted already." : ".")
    case .unchanged:
      let all = report.unchanged > 0 ? ": all is as wanted already" : ""
      return style.green("Nothing had to be changed") + all + " (\(time))."
    case .pending:
      return style.yellow("\(counted(report.changed, "change")) would be made")
        + "\(right). This was a plan: nothing was touched."
    case .failed: return style.red("Failed after \(time): ") + made
    case .rolledBack:
      return style.red("Rolled back after \(time): ") + "the change did not work out, and the host is as it was before."
    case .unknown:
      return style.red("Unknown after \(time): ") + "look at what the error names before you go on."
    case .cancelled: return style.yellow("Cancelled after \(time): ") + made
    }
  }

  /// Of a run that was to be all or nothing.
  private func verdict(_ back: TakenBack) -> String {
    let name =
      switch report.outcome {
      case .rolledBack: "Rolled back"
      case .cancelled: "Cancelled"
      case .unknown: "Unknown"
      default: "Failed"
      }
    let what =
      !back.isComplete
      ? "not everything could be taken back; see above."
      : back.changes == 0
        ? "there was nothing to take back." : "\(counted(back.changes, "change was", "changes were")) taken back."
    return style.red("\(name) after \(report.duration.text): ") + "not all came to their end, and \(what)"
  }

  private var made: String {
    report.changed == 0
      ? "nothing was changed." : "\(counted(report.changed, "change was made", "changes were made")) before that."
  }
}
