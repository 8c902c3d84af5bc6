import Values

/// What `ls -ldn` says of a file.
package struct FileStatus: Sendable, Hashable {
  package enum Kind: Character, Sendable {
    case file = "-"
    case directory = "d"
    case link = "l"
    case other = "?"
  }

  package var kind: Kind
  package var mode: FileMode
  package var userID: Int
  package var groupID: Int
  package var size: Int
  /// Whether an access control list stands beside the mode: the `+` that `ls` shows.
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

  /// As `ls -l` shows it: `drwxrwxr-x 1000 1000`.
  package var text: String {
    "\(kind.rawValue)\(mode.symbols)\(hasACL ? "+" : "") \(userID) \(groupID)"
  }
}
