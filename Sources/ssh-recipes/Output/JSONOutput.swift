import Diagnosis
import Runs

/// `--output json`: one event per line on standard output, and nothing else there. Keys are stable: new ones may be added,
/// but none changes its meaning.
struct JSONOutput: EventSink {
  let stream: TextStream

  func receive(_ event: Event) { stream.line(Self.json(event).text) }

  static func json(_ event: Event) -> JSONText {
    switch event {
    case .started(let recipe, let summary, let hosts, let isPlan):
      .object([
        "event": .string("started"), "schema": .string("ssh-recipes/events/1"), "recipe": .string(recipe),
        "summary": .string(summary),
        "hosts": .strings(hosts), "plan": .boolean(isPlan),
      ])
    case .wave(let number, let count, let hosts):
      .object([
        "event": .string("wave"), "number": .number(Int64(number)), "of": .number(Int64(count)),
        "hosts": .strings(hosts),
      ])
    case .run(let run): json(run)
    case .connected(let host, let method, let platform):
      .object([
        "event": .string("connected"), "host": .string(host), "method": .optional(method),
        "platform": .string(platform),
      ])
    case .step(let title, let branch, let position):
      .object([
        "event": .string("step"), "title": .string(title), "branch": .number(Int64(branch)),
        "position": .optional(position),
      ])
    case .branch(let branch, let parent, let label):
      .object([
        "event": .string("branch"), "branch": .number(Int64(branch)), "of": .number(Int64(parent)),
        "label": .optional(label),
      ])
    case .primitive(let call): json(call)
    case .passed(let gate, let host, let what, let branch):
      .object([
        "event": .string("gate"), "gate": .string(gate.rawValue), "host": .string(host), "what": .string(what),
        "branch": .number(Int64(branch)),
      ])
    case .note(let text, let branch):
      .object(["event": .string("note"), "text": .string(text), "branch": .number(Int64(branch))])
    case .warning(let text, let branch):
      .object(["event": .string("warning"), "text": .string(text), "branch": .number(Int64(branch))])
    case .waiting(let host, let reason, let duration):
      .object([
        "event": .string("waiting"), "host": .string(host), "reason": .string(reason),
        "milliseconds": .number(duration.milliseconds),
      ])
    case .output(let host, let text, let isError, let branch):
      .object([
        "event": .string("output"), "host": .string(host), "text": .string(text),
        "stream": .string(isError ? "stderr" : "stdout"), "branch": .number(Int64(branch)),
      ])
    case .progress(let host, let primitive, let done, let all, let branch):
      .object([
        "event": .string("progress"), "host": .string(host), "primitive": .string(primitive),
        "bytes": .number(Int64(done)), "of": .number(Int64(all)), "branch": .number(Int64(branch)),
      ])
    case .script(let host, let account, let name, let text):
      .object([
        "event": .string("script"), "host": .string(host), "account": .string(account), "name": .string(name),
        "text": .string(text),
      ])
    case .finished(let report): json(report)
    }
  }

  private static func json(_ run: RunEvent) -> JSONText {
    var (failure, pause) = (JSONText.null, JSONText.null)
    switch run.state {
    case .began, .ended(nil): break
    case .ended(let reason?): failure = json(reason)
    case .again(let reason, let after): (failure, pause) = (json(reason), .number(after.milliseconds))
    }
    return .object([
      "event": .string("run"), "state": .string(run.state.name), "id": .string(run.id), "hosts": .strings(run.hosts),
      "branch": .number(Int64(run.branch)), "attempt": .number(Int64(run.attempt)), "failure": failure,
      "pause": pause, "milliseconds": .number(run.duration.milliseconds),
    ])
  }

  private static func json(_ call: PrimitiveEvent) -> JSONText {
    var isGood = JSONText.null
    var failure = JSONText.null
    if case .seen(let good) = call.state { isGood = .boolean(good) }
    if case .failed(let reason) = call.state { failure = json(reason) }
    return .object([
      "event": .string("action"), "id": .number(Int64(call.id)), "state": .string(call.state.name),
      "primitive": .string(call.primitive), "host": .string(call.host),
      "branch": .number(Int64(call.branch)), "step": .optional(call.step),
      "position": .optional(call.position), "what": .string(call.what), "diff": .optional(call.diff),
      "good": isGood, "failure": failure, "milliseconds": .number(call.duration.milliseconds),
    ])
  }

  private static func json(_ report: Report) -> JSONText {
    let tally = report.tally
    return .object([
      "event": .string("finished"), "outcome": .string(report.outcome.rawValue),
      "status": .number(Int64(ExitStatus(report.outcome).rawValue)), "id": .optional(report.id),
      "recipe": .string(report.recipe),
      "hosts": .strings(report.hosts), "not_begun": .strings(report.notBegun),
      "plan": .boolean(report.isPlan), "undo": .boolean(report.isUndo),
      "changed": .number(Int64(tally.changed)), "perhaps": .number(Int64(tally.perhaps)),
      "rolled_back": .number(Int64(tally.rolledBack)), "unchanged": .number(Int64(tally.unchanged)),
      "irrevocable": .strings(tally.irrevocable), "left_alone": .number(Int64(report.leftAlone)),
      "kept": .number(Int64(report.kept)), "caught": .number(Int64(report.caught)),
      "manual": .array(
        report.manualSteps.map { .object(["title": .string($0.title), "answer": .string($0.answer.rawValue)]) }),
      "by_host": .array(report.byHost.sorted { $0.key < $1.key }.map(json)),
      "failures": .array(report.failures.map(json)),
      "warnings": .strings(report.warnings), "next": .strings(report.next),
      "taken_back": report.undone.map { undone in
        .object([
          "changes": .number(Int64(undone.changes)), "complete": .boolean(undone.isComplete),
          "kept": .strings(undone.kept),
        ])
      } ?? .null,
      "milliseconds": .number(report.duration.milliseconds),
    ])
  }

  private static func json(_ host: String, _ tally: Tally) -> JSONText {
    .object([
      "host": .string(host), "changed": .number(Int64(tally.changed)), "perhaps": .number(Int64(tally.perhaps)),
      "rolled_back": .number(Int64(tally.rolledBack)), "unchanged": .number(Int64(tally.unchanged)),
    ])
  }

  private static func json(_ failure: Failure) -> JSONText {
    .object([
      "kind": .string(failure.kindName), "message": .string(failure.message), "host": .optional(failure.host),
      "action": failure.action.map { .number(Int64($0)) } ?? .null, "primitive": .optional(failure.primitive),
      "gate": .optional(failure.gate?.rawValue),
      "cause": .optional(failure.cause?.id),
      "explanation": .optional(failure.explanation), "seen": .strings(failure.seen), "fix": .strings(failure.fix),
      "status": failure.status.map { .number(Int64($0)) } ?? .null, "stderr": .optional(failure.stderr),
      "paths": .strings(failure.paths), "step": .optional(failure.step), "position": .optional(failure.position),
      "traceback": .strings(failure.traceback), "failures": .array(failure.failures.map(json)),
    ])
  }
}

extension RunEvent.State {
  var name: String {
    switch self {
    case .began: "began"
    case .ended: "ended"
    case .again: "again"
    }
  }
}

extension PrimitiveEvent.State {
  var name: String {
    switch self {
    case .began: "began"
    case .unchanged: "unchanged"
    case .changed: "changed"
    case .seen: "seen"
    case .read: "read"
    case .failed: "failed"
    }
  }
}
