/// A question to the user at the terminal.
public struct Question: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// Any text; `--yes` gives the default answer.
    case text
    /// Answered with `yes` or `no`; `--yes` answers `yes`.
    case confirm
    /// A step to do by hand on a device; answered with a ``ManualStep/Answer``. `--yes` leaves it unconfirmed.
    case manual(clicks: String)
    /// One of these texts; `--yes` gives the default answer.
    case choice([String])
  }

  public var text: String
  public var kind: Kind
  /// The answer in a plan, and for an empty line.
  public var defaultAnswer: String?
  /// Whether the user has answered `done` before and the check failed.
  public var isAgain: Bool
  /// The branch of `parallel` with the question.
  public var branch: Int
  /// The host that the question is about, if the run has several; set by the run.
  public var subject: String?

  public init(
    _ text: String, kind: Kind, defaultAnswer: String? = nil, isAgain: Bool = false, branch: Int = 0
  ) {
    self.text = text
    self.kind = kind
    self.defaultAnswer = defaultAnswer
    self.isAgain = isAgain
    self.branch = branch
  }
}
