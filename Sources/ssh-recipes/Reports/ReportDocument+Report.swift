import Contract
import Diagnosis
import Runs

/// The report and the calls behind a report's file, for outputs made from reports and calls.
extension ReportDocument {
  var report: Report {
    var report = Report(
      recipe: recipe, hosts: hosts.map(\.host).filter { $0 != "here" }, failures: failures.map(\.failure),
      duration: .milliseconds(milliseconds), isPlan: plan, isUndo: undo)
    for host in hosts {
      var tally = Tally(
        changed: host.changed, perhaps: host.perhaps, rolledBack: host.rolledBack, unchanged: host.unchanged)
      tally.undoable = host.undoable
      tally.irrevocable = irrevocable.filter { $0.hasPrefix("\(host.host): ") }
      report.byHost[host.host] = tally
    }
    report.id = ids.first
    report.caught = caught
    report.manualSteps = manual.compactMap { step in
      ManualStep.Answer(rawValue: step.answer).map { ManualStep(step.title, $0) }
    }
    report.warnings = warnings
    report.next = next
    report.leftAlone = leftAlone
    report.kept = kept
    report.notBegun = notBegun
    report.unfinished = unfinished
    return report
  }

  var calls: [PrimitiveEvent] {
    hosts.flatMap { host in
      host.steps.flatMap { step in step.calls.compactMap { $0.event(on: host.host, in: step.title) } }
    }
  }
}

extension ReportDocument.Call {
  fileprivate func event(on host: String, in step: String?) -> PrimitiveEvent? {
    let known: PrimitiveEvent.State? =
      switch state {
      case "unchanged": .unchanged
      case "changed": .changed
      case "read": .read
      case "seen": .seen(isGood: good ?? true)
      case "failed": failure.map { .failed($0.failure) }
      default: nil
      }
    return known.map { state in
      PrimitiveEvent(
        id: id, primitive: primitive, host: host, branch: 0, step: step, position: position, state: state, what: what,
        diff: diff, duration: .milliseconds(milliseconds))
    }
  }
}
