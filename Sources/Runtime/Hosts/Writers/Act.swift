import Values

/// One thing that a writer does to a host. All changes are made of these, so that applying, planning, recording and
/// undoing exist once for all primitives.
package struct Act: Sendable, Hashable {
  package var kind: Kind
  package var account: Account
  /// A command that is a part of another change, such as a check, and has nothing of its own to undo.
  package var leavesNothing: Bool
  /// A command of the recipe's author: nobody knows what it does.
  package var isOpaque: Bool
  /// Folders that are on the host while the act is done, and that a crash of the host leaves there.
  package var scratch: [String] = []

  package init(_ kind: Kind, as account: Account = .login, leavesNothing: Bool = false, isOpaque: Bool = false) {
    self.kind = kind
    self.account = account
    self.leavesNothing = leavesNothing
    self.isOpaque = isOpaque
  }

  /// Paths are absolute.
  package enum Kind: Sendable, Hashable {
    /// Gives a file these contents, whole or not at all. An existing file keeps its owner and mode; a new one gets `mode`.
    /// `expecting`: what the file held when the change was decided (`nil`: it was absent); anything else there now stops the act.
    case replaceFile(path: String, contents: [UInt8], mode: FileMode, expecting: [UInt8]?)
    case setMode(path: String, mode: FileMode)
    /// `nil` leaves the user or the group as it is.
    case setOwner(path: String, user: String?, group: String?)
    /// Gives a file these attributes, besides those that it has.
    case setAttributes(path: String, FileAttributes)
    /// Makes one directory; its parent must be there.
    case makeDirectory(path: String, mode: FileMode)
    /// Makes a symbolic link. `owner` is the link's own, as chown takes it; `nil`: who makes it.
    case makeLink(path: String, target: String, owner: String?)
    /// Removes a file, a link or an empty directory.
    case remove(path: String)
    /// Anything else. `creates` are the paths that it makes, so that they can be undone; `summary` says what it does.
    case command(Script, creates: [String], summary: String)
  }

  /// The path that the act is about; `nil` for a command.
  package var path: String? {
    switch kind {
    case .replaceFile(let path, _, _, _), .setMode(let path, _), .setOwner(let path, _, _),
      .setAttributes(let path, _), .makeDirectory(let path, _), .makeLink(let path, _, _), .remove(let path):
      path
    case .command: nil
    }
  }
}
