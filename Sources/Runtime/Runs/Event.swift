import Diagnosis

/// An event of a run in progress; all outputs (terminal, plain, JSON, JUnit) are made from events alone.
package enum Event: Sendable, Hashable {
  case started(recipe: String, summary: String, hosts: [String], isPlan: Bool)
  /// A login to a host succeeded.
  case connected(host: String, method: String?, platform: String)
  case step(title: String, branch: Int, position: String?)
  /// `parallel` opened a branch; `label` is the branch's subject, such as a host's name.
  case branch(Int, of: Int, label: String?)
  case primitive(PrimitiveEvent)
  /// A change of sshd's configuration has passed a gate; `what` has details: `rehearsed: …`.
  case passed(Gate, host: String, what: String, branch: Int)
  case note(String, branch: Int)
  case warning(String, branch: Int)
  /// The run waits for a host: the budget of logins, a retry.
  case waiting(host: String, reason: String, duration: Duration)
  /// A script about to be sent; only with `--debug`.
  case script(host: String, account: String, name: String, text: String)
  case finished(Report)
}

/// The start or the end of a primitive's call; both have the same `id`.
package struct PrimitiveEvent: Sendable, Hashable {
  package enum State: Sendable, Hashable {
    case began
    case unchanged
    /// A change made or, in a plan, planned.
    case changed
    /// An observation, such as a login: as hoped, or not.
    case seen(isGood: Bool)
    /// A value for the recipe: a file's contents, facts.
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
  /// The change or observation, in a line.
  package var what: String
  package var diff: String?
  package var duration: Duration
}

/// The result of a run.
package struct Report: Sendable, Hashable {
  /// The outcome of a run; each has its own exit status.
  package enum Outcome: String, Sendable, Hashable {
    /// Changes were made and proved.
    case applied
    case unchanged
    /// A plan with changes to make.
    case pending
    case failed
    /// A change was rolled back, or the run undone, and the host was seen to be in its old state.
    case rolledBack = "rolled-back"
    /// A change was rolled back, and a rescue sshd answers in place of the host's own.
    case rescued
    /// A host's state is unknown; the failure lists the things to check.
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
  /// The next steps for the user, from the recipe's notes.
  package var next: [String]
  package var duration: Duration
  package var isPlan: Bool
  /// Set with `--all-or-nothing`, after a failure.
  package var undone: UndoSummary?
}

/// Receives events, from any task; must not block for long.
package protocol EventSink: Sendable {
  func receive(_ event: Event)
}
