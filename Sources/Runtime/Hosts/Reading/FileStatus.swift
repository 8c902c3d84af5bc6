import Values

/// The status of a file, from `ls -ldn`.
public struct FileStatus: Sendable, Hashable {
  public enum Kind: Character, Sendable {
    case file = "-"
    case directory = "d"
    case link = "l"
    case other = "?"
  }

  public var kind: Kind
  public var mode: FileMode
  package var userID: Int
  package var groupID: Int
  public var size: Int
  /// Whether the file has an access control list, shown as `+` by `ls`.
  package var hasACL: Bool
  package var linkTarget: String?

  package init(
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

  /// In the form of `ls -l`: `drwxrwxr-x 1000 1000`.
  package var text: String {
    "\(kind.rawValue)\(mode.symbols)\(hasACL ? "+" : "") \(userID) \(groupID)"
  }
}
