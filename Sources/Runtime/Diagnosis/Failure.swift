/// A failure as a person and a recipe see it: what was tried, on which host, what came back, what it means, what to do.
package struct Failure: Error, Sendable, Hashable {
  /// What recipes test: `unreachable`, `denied`, `timeout`, `exit`, `argument`, `permission`, `cancelled`, `changed`, `failed` …
  package var kind: String
  /// One whole sentence in lower case, without the host.
  package var message: String
  package var primitive: String?
  package var host: String?
  /// The gate that stopped a change of sshd's configuration.
  package var gate: Gate?
  /// The cause's name in the catalogue of causes, such as `bad-modes`.
  package var cause: String?
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
    _ kind: String, _ message: String, cause: String? = nil, explanation: String? = nil,
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
}
