/// A failure as a person and a recipe see it: what was tried, on which host, what came back, what it means, what to do.
package struct Failure: Error, Sendable, Hashable {
  package var kind: Kind {
    // A program that decides on another kind has the last word.
    didSet { recipeKind = nil }
  }
  /// The kind that a recipe gave to a failure of its own, where it is none of ours; ``kind`` is `failed` then.
  ///
  /// It stands beside ``kind`` and is no case of it, so that whatever decides on a kind, such as the exit status, has a closed
  /// list before it, and a recipe's own word counts there as any other failure.
  package private(set) var recipeKind: String?
  /// One whole sentence in lower case, without the host.
  package var message: String
  package var primitive: String?
  package var host: String?
  /// The gate that stopped a change of sshd's configuration.
  package var gate: Gate?
  package var cause: Cause?
  /// The cause in a sentence.
  package var explanation: String?
  /// What was seen: lines of logs, modes, messages of ssh.
  package var seen: [String] = []
  /// What to do next, each a command or a sentence.
  package var fix: [String] = []
  package var status: Int?
  package var stderr: String?
  /// Paths that the cause is about.
  package var paths: [String] = []
  /// The title of the step, and file and line of the recipe.
  package var step: String?
  package var position: String?
  /// The recipe's frames, innermost first.
  package var traceback: [String] = []
  /// The failures of the branches of `parallel`, of which this one is the sum.
  package var failures: [Failure] = []

  package init(
    _ kind: Kind, _ message: String, cause: Cause? = nil, explanation: String? = nil,
    seen: [String] = [], fix: [String] = [], status: Int? = nil, stderr: String? = nil, paths: [String] = []
  ) {
    self.kind = kind
    self.message = message
    self.cause = cause
    self.explanation = explanation
    self.seen = seen
    self.fix = fix
    self.status = status
    self.stderr = stderr
    self.paths = paths
  }

  /// - Parameter name: a kind as a recipe writes it; `nil`: it gave none.
  init(kindName name: String?, _ message: String) {
    let known = name.flatMap(Kind.init)
    self.init(known ?? .failed, message)
    if known == nil { recipeKind = name }
  }

  /// What recipes test, and what reports show.
  package var kindName: String { recipeKind ?? kind.rawValue }
}
