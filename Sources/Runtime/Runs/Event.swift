import Diagnosis

/// What a run tells while it goes on; the outputs (terminal, plain, JSON, JUnit) are made from these alone.
package enum Event: Sendable, Hashable {
  case started(recipe: String, summary: String, hosts: [String], isPlan: Bool)
  /// A host let us in: how, and what it is.
  case connected(host: String, method: String?, platform: String)
  case step(title: String, branch: Int, position: String?)
  /// `parallel` opened a branch; `label` says for what, such as a host's name.
  case branch(Int, of: Int, label: String?)
  case primitive(PrimitiveEvent)
  /// A change of sshd's configuration has passed a gate; `what` says how: `rehearsed: …`.
  case passed(Gate, host: String, what: String, branch: Int)
  case note(String, branch: Int)
  case warning(String, branch: Int)
  /// A host makes us wait: the budget of logins, a retry.
  case waiting(host: String, reason: String, duration: Duration)
  /// A script that is sent; only with `--debug`.
  case script(host: String, account: String, name: String, text: String)
  case finished(Report)
}

/// The begin or the end of one call of a primitive; both carry the same `id`.
package struct PrimitiveEvent: Sendable, Hashable {
  package enum State: Sendable, Hashable {
    case began
    case unchanged
    /// Done, or, in a plan, what would be done.
    case changed
    /// An observation, such as a login: what was hoped for, or not.
    case seen(isGood: Bool)
    /// An answer that the recipe wanted to know: a file's contents, facts.
    case read
    case failed(Failure)
  }

  package var id: Int
  package var primitive: String
  package var host: String
  package var branch: Int
  package var step: String?
  package var position: String?
  package var state: State
  /// What was, is or would be done, in a line.
  package var what: String
  package var diff: String?
  package var duration: Duration
}

/// The end of a run.
package struct Report: Sendable, Hashable {
  /// The end of a run, one of these; each has its own exit status.
  package enum Outcome: String, Sendable, Hashable {
    /// Something was changed, and proved.
    case applied
    case unchanged
    /// A plan that found something to change.
    case pending
    case failed
    /// A change was rolled back, or the run undone, and the host was seen to be as before.
    case rolledBack = "rolled-back"
    /// It is not known in which state a host is; the failure says what to look at.
    case unknown
    case cancelled
  }

  package var outcome: Outcome
  package var recipe: String
  package var hosts: [String]
  package var changed: Int
  package var unchanged: Int
  package var failures: [Failure]
  package var warnings: [String]
  /// What to do next, collected from the recipe's notes to that end.
  package var next: [String]
  package var duration: Duration
  package var isPlan: Bool
  /// With `--all-or-nothing`, where not all went well.
  package var undone: UndoSummary?
}

/// Takes events in; called from any task, must not block for long.
package protocol EventSink: Sendable {
  func receive(_ event: Event)
}
