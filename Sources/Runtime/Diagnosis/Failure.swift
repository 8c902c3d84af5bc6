/// A failure for the user and the recipe: the attempt, the host, the result, the cause, and the next steps.
public struct Failure: Error, Sendable, Hashable {
  public var kind: Kind {
    // Code with a more exact kind overrides the recipe's own.
    didSet { recipeKind = nil }
  }
  /// The kind in a recipe's own failure, if not one of ours; ``kind`` is then `failed`.
  ///
  /// Apart from ``kind``, so that decisions on a kind, such as the exit status, have a closed list of cases. For them,
  /// a recipe's own kind counts as `failed`.
  package private(set) var recipeKind: String?
  /// One whole sentence in lower case, without the host.
  public var message: String
  public var primitive: String?
  public var host: String?
  /// The gate that refused a change of sshd's configuration.
  public var gate: Gate?
  public var cause: Cause?
  /// The cause in a sentence.
  public var explanation: String?
  /// The evidence: lines of logs, modes, messages of ssh.
  public var seen: [String] = []
  /// The next steps, each a command or a sentence.
  public var fix: [String] = []
  public var status: Int?
  public var stderr: String?
  /// The paths concerned.
  public var paths: [String] = []
  /// The title of the step, and file and line of the recipe.
  public var step: String?
  public var position: String?
  /// File and line in a primitive written in Lua, if the call at ``position`` failed inside the primitive.
  public var within: String?
  /// The ID of the failed call's event, to tell a failure apart from another with the same text.
  package var action: Int?
  /// The recipe's frames, innermost first.
  package var traceback: [String] = []
  /// The failures of the branches of `parallel`, if this failure sums them up.
  public var failures: [Failure] = []

  public init(
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

  /// - Parameter name: the kind from a recipe; `nil` if the recipe gave none.
  init(kindName name: String?, _ message: String) {
    let known = name.flatMap(Kind.init)
    self.init(known ?? .failed, message)
    if known == nil { recipeKind = name }
  }

  /// The kind for tests in recipes and for reports.
  public var kindName: String { recipeKind ?? kind.rawValue }
}

extension Failure {
  /// The failures of the branches, or the failure itself.
  package var parts: [Failure] { failures.isEmpty ? [self] : failures }
}

extension Failure: CustomStringConvertible {
  /// The host and the message.
  public var description: String { (host.map { "\($0): " } ?? "") + message }
}
