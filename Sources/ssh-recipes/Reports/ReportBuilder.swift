import Diagnosis
import Runs

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Makes a report's file from the events of a command.
struct ReportBuilder {
  /// A host so far.
  private struct Entry {
    var platform: String?
    var method: String?
    var attempts = 1
    var began: Int?
    var ended = 0
    var steps: [ReportDocument.Step] = []
    var notes: [String] = []
  }

  private var summary = ""
  private var entries: [String: Entry] = [:]
  private var labels: [Int: String] = [:]

  mutating func take(_ event: Event, at time: Int) {
    switch event {
    case .started(_, let summary, let hosts, _):
      self.summary = summary
      for host in hosts { entries[host] = Entry() }
    case .branch(let branch, _, let label): labels[branch] = label
    case .run(let run):
      for host in run.hosts {
        entries[host, default: Entry()].attempts = run.attempt
        touch(host, at: time)
      }
    case .connected(let host, let method, let platform):
      entries[host, default: Entry()].platform = platform
      entries[host]?.method = method
      touch(host, at: time)
    case .primitive(let call): take(call, at: time)
    case .note(let text, let branch): note(text, branch)
    case .warning(let text, let branch): note("warning: \(text)", branch)
    case .wave, .step, .passed, .waiting, .output, .progress, .script, .finished: break
    }
  }

  private mutating func note(_ text: String, _ branch: Int) {
    let only = entries.count == 1 ? entries.keys.first : nil
    guard let host = labels[branch] ?? only, entries[host] != nil else { return }
    entries[host]?.notes.append(text)
  }

  private mutating func touch(_ host: String, at time: Int) {
    let began = entries[host]?.began ?? time
    entries[host]?.began = began
    entries[host]?.ended = time
  }

  private mutating func take(_ call: PrimitiveEvent, at time: Int) {
    touch(call.host, at: time)
    if case .began = call.state { return }
    var entry = ReportDocument.Call(
      id: call.id, primitive: call.primitive, state: call.state.name, what: call.what, diff: call.diff,
      position: call.position, milliseconds: Int(call.duration.milliseconds))
    if case .seen(let isGood) = call.state { entry.good = isGood }
    if case .failed(let failure) = call.state { entry.failure = FailureDocument(failure) }
    var host = entries[call.host] ?? Entry(began: time, ended: time)
    if let last = host.steps.indices.last, host.steps[last].title == call.step {
      host.steps[last].calls.append(entry)
    } else {
      host.steps.append(ReportDocument.Step(title: call.step, calls: [entry]))
    }
    entries[call.host] = host
  }

  func document(
    _ report: Report, began: Date, journals: [ReportDocument.JournalCopy]
  ) -> ReportDocument {
    let (failed, notBegun) = (report.failedHosts, Set(report.notBegun))
    func host(_ name: String) -> ReportDocument.Host {
      let tally = report.byHost[name] ?? Tally()
      let result: ReportDocument.Host.Result =
        notBegun.contains(name)
        ? .notBegun
        : failed.contains(name) ? .failed : !tally.mayHaveChanged ? .unchanged : report.isPlan ? .pending : .changed
      return self.host(name, result, tally)
    }
    let here = entries["here"]?.steps.isEmpty == false && !report.hosts.contains("here") ? ["here"] : []
    return ReportDocument(
      ids: report.id.map { [$0] } ?? [], recipe: report.recipe, summary: summary, plan: report.isPlan,
      undo: report.isUndo, outcome: report.outcome.rawValue, status: Int(ExitStatus(report.outcome).rawValue),
      began: began, milliseconds: Int(report.duration.milliseconds),
      shards: report.shard.map { ReportDocument.Shards(of: $0.count, present: [$0.index]) },
      hosts: (report.hosts + here).map(host), failures: report.failures.map(FailureDocument.init),
      notBegun: report.notBegun, unfinished: report.unfinished, irrevocable: report.tally.irrevocable,
      leftAlone: report.leftAlone, kept: report.kept, caught: report.caught,
      manual: report.manualSteps.map { ReportDocument.Manual(title: $0.title, answer: $0.answer.rawValue) },
      warnings: report.warnings, next: report.next, journals: journals)
  }

  private func host(_ name: String, _ result: ReportDocument.Host.Result, _ tally: Tally) -> ReportDocument.Host {
    let entry = entries[name] ?? Entry()
    return ReportDocument.Host(
      host: name, result: result, platform: entry.platform, method: entry.method, attempts: entry.attempts,
      began: entry.began ?? 0, milliseconds: entry.ended - (entry.began ?? entry.ended), changed: tally.changed,
      perhaps: tally.perhaps, rolledBack: tally.rolledBack, unchanged: tally.unchanged, undoable: tally.undoable,
      steps: entry.steps, notes: entry.notes)
  }
}
