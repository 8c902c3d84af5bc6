/// A failure as a person and a recipe see it: what was tried, on which host, what came back, what it means, what to do.
public struct Failure: Error, Sendable, Hashable {
  /// What recipes test: `unreachable`, `denied`, `timeout`, `exit`, `argument`, `permission`, `cancelled`, `changed`, `failed` …
  public var kind: String
  /// One whole sentence in lower case, without the host.
  public var message: String
  public var primitive: String?
  public var host: String?
  /// The gate that stopped a change of sshd's configuration.
  public var gate: Gate?
  /// The cause's name in the catalogue of causes, such as `bad-modes`.
  public var cause: String?
  /// The cause in a sentence.
  public var explanation: String?
  /// What was seen: lines of logs, modes, messages of ssh.
  public var seen: [String] = []
  /// What to do next, each a command or a sentence.
  public var fix: [String] = []
  public var status: Int?
  public var stderr: String?
  /// Paths that the cause is about.
  public var paths: [String] = []
  /// The title of the step, and file and line of the recipe.
  public var step: String?
  public var position: String?
  /// The recipe's frames, innermost first.
  public var traceback: [String] = []
  /// The failures of the branches of `parallel`, of which this one is the sum.
  public var failures: [Failure] = []

  public init(
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
