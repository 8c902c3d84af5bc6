/// What `ls -ldn` says of a file.
public struct FileStatus: Sendable, Hashable {
  public enum Kind: Character, Sendable {
    case file = "-"
    case directory = "d"
    case link = "l"
    case other = "?"
  }

  public var kind: Kind
  public var mode: FileMode
  public var userID: Int
  public var groupID: Int
  public var size: Int
  /// Whether an access control list stands beside the mode: the `+` that `ls` shows.
  public var hasACL: Bool
  public var linkTarget: String?

  public init(
    kind: Kind, mode: FileMode, userID: Int, groupID: Int, size: Int = 0, hasACL: Bool = false,
    linkTarget: String? = nil
  ) {
    self.kind = kind
    self.mode = mode
    self.userID = userID
    self.groupID = groupID
    self.size = size
    self.hasACL = hasACL
    self.linkTarget = linkTarget
  }

  /// As `ls -l` shows it: `drwxrwxr-x 1000 1000`.
  public var text: String {
    "\(kind.rawValue)\(mode.symbols)\(hasACL ? "+" : "") \(userID) \(groupID)"
  }
}
