/// A question to the user at the terminal.
public struct Question: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// Any text; `--yes` gives the default answer.
    case text
    /// Answered with `yes` or `no`; `--yes` answers `yes`.
    case confirm
    /// A step to do by hand on a device; answered with `done` afterwards. `--yes` answers `done`.
    case manual(clicks: String)
    /// One of these texts; `--yes` gives the default answer.
    case choice([String])
  }

  public var text: String
  public var kind: Kind
  /// The answer in a plan, and for an empty line.
  public var defaultAnswer: String?
  /// Whether the user has answered `done` before and the check failed. `--yes` does not answer a second time.
  public var isAgain: Bool

  public init(_ text: String, kind: Kind, defaultAnswer: String? = nil, isAgain: Bool = false) {
    self.text = text
    self.kind = kind
    self.defaultAnswer = defaultAnswer
    self.isAgain = isAgain
  }
}
