import Contract
import Diagnosis

/// An event of a run in progress; all outputs (terminal, plain, JSON, JUnit) are made from events alone.
public enum Event: Sendable, Hashable {
  case started(recipe: String, summary: String, hosts: [String], isPlan: Bool)
  /// A wave of hosts begins.
  case wave(Int, of: Int, hosts: [String])
  case run(RunEvent)
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
  /// A line of a command's output, with `live = true` or `--verbose`.
  case output(host: String, text: String, isError: Bool, branch: Int)
  /// How many of all bytes a primitive has moved; about twice a second.
  case progress(host: String, primitive: String, done: Int, all: Int, branch: Int)
  /// A script about to be sent; only with `--debug`.
  case script(host: String, account: String, name: String, text: String)
  case finished(Report)
}

/// The start or the end of a primitive's call; both have the same `id`.
public struct PrimitiveEvent: Sendable, Hashable {
  public enum State: Sendable, Hashable {
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

  public var id: Int
  public var primitive: String
  public var host: String
  public var branch: Int
  public var step: String?
  public var position: String?
  public var state: State
  /// The change or observation, in a line.
  public var what: String
  public var diff: String?
  public var duration: Duration

  package init(
    id: Int, primitive: String, host: String, branch: Int, step: String?, position: String?, state: State, what: String,
    diff: String?, duration: Duration
  ) {
    self.id = id
    self.primitive = primitive
    self.host = host
    self.branch = branch
    self.step = step
    self.position = position
    self.state = state
    self.what = what
    self.diff = diff
    self.duration = duration
  }
}

/// The result of a run.
public struct Report: Sendable, Hashable {
  /// The outcome of a run; each has its own exit status.
  public enum Outcome: String, Sendable, Hashable {
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

  public var recipe: String
  public var hosts: [String]
  /// The command's ID in the history.
  package var id: String?
  package var shard: Shard?
  /// The hosts that were not begun any more, after too many failures or a cancellation.
  package var notBegun: [String] = []
  /// The hosts on which the recipe failed, was undone or was not begun, in the order of the command line.
  package var unfinished: [String] = []
  /// The effects on each host, and on this computer as `here`.
  package var byHost: [String: Tally]
  public var failures: [Failure]
  /// The failures of calls caught by the recipe.
  package var caught = 0
  /// The steps asked to be done by hand.
  package var manualSteps: [ManualStep] = []
  public var warnings: [String] = []
  /// The next steps for the user, from the recipe's notes.
  public var next: [String] = []
  public var duration: Duration
  public var isPlan: Bool
  package var isUndo = false
  /// Acts of the past run that an undo left alone, because the host was changed since.
  package var leftAlone = 0
  /// Acts of the past run that only the user can undo.
  package var kept = 0
  /// Set with `--all-or-nothing`, after a failure.
  package var undone: UndoSummary?

  package init(
    recipe: String, hosts: [String], byHost: [String: Tally] = [:], failures: [Failure] = [],
    duration: Duration, isPlan: Bool, isUndo: Bool = false
  ) {
    self.recipe = recipe
    self.hosts = hosts
    self.byHost = byHost
    self.failures = failures
    self.duration = duration
    self.isPlan = isPlan
    self.isUndo = isUndo
  }
}

/// Receives events, from any task; must not block for long.
package protocol EventSink: Sendable {
  func receive(_ event: Event)
}
