import Values

/// The undo of a command of a recipe, by another command.
package struct UndoCommand: Sendable, Hashable {
  package var command: String
  /// Must end with status 0 before the undo; another status means later changes on the host.
  package var check: String?

  package init(_ command: String, check: String? = nil) {
    self.command = command
    self.check = check
  }
}

/// A single change on a host. All changes consist of acts, so that applying, planning, recording and undoing are
/// implemented once for all primitives.
public struct Act: Sendable, Hashable {
  package var kind: Kind
  package var account: Account
  /// A command within another change, such as a check, with nothing to undo.
  package var leavesNothing: Bool
  /// A command of the recipe's author, with unknown effects.
  package var isOpaque: Bool
  /// A command that changes only its own folders, so that the known files stay valid.
  package var keepsFiles = false
  /// Of an opaque command without shell syntax: the program's name or path, as written.
  package var program: String?
  /// Part of a rollback: restores what earlier acts of the run have changed.
  package var rollsBack = false
  /// A command that makes sshd read the configuration, or starts sshd anew.
  package var restartsServer = false
  /// The last command of the run on the host.
  package var isLast = false
  /// Of a command: the way to undo it.
  package var undo: UndoCommand?
  /// Of an undoing command: the past act, as `RUN/NUMBER`.
  package var undoes: String?
  /// Comes before the act's own script, in the same round trip, with its own arguments in front. It takes them away, and
  /// ends the script where the act must not be made.
  package var prelude: Script?
  /// Of an act on a file: a script that only looks, run after the act in the same round trip. Its status does not count.
  package var epilogue: Script?
  /// Folders on the host during the act; they stay there if the host crashes.
  package var scratch: [String] = []

  package init(_ kind: Kind, as account: Account = .login, leavesNothing: Bool = false, isOpaque: Bool = false) {
    self.kind = kind
    self.account = account
    self.leavesNothing = leavesNothing
    self.isOpaque = isOpaque
  }

  /// The kinds of act. All paths are absolute.
  package enum Kind: Sendable, Hashable {
    /// Replaces the contents of a file, completely or not at all. An existing file keeps its owner and mode; a new file
    /// gets `mode`. `expecting` is the file's contents at the decision (`nil` if absent); any other contents stop the
    /// act.
    case replaceFile(path: String, contents: [UInt8], mode: FileMode, expecting: [UInt8]?)
    /// Replaces or makes a file too, with contents too large for the memory or for the journal.
    case placeFile(PlacedFile)
    case setMode(path: String, mode: FileMode)
    /// `nil` leaves the user or the group as it is.
    case setOwner(path: String, user: String?, group: String?)
    /// Adds these attributes to the file's own.
    case setAttributes(path: String, FileAttributes)
    /// Makes one directory; its parent must exist.
    case makeDirectory(path: String, mode: FileMode)
    /// Makes a symbolic link. `owner` is the link's own, in the form of chown; `nil` for the account making the link.
    case makeLink(path: String, target: String, owner: String?)
    /// Removes a file, a link or an empty directory.
    case remove(path: String)
    /// Any other change. `creates` lists the paths that the command makes, for undo; `summary` describes the change.
    case command(Script, creates: [String], summary: String)
  }

  /// The path of the act; `nil` for a command.
  package var path: String? {
    switch kind {
    case .replaceFile(let path, _, _, _), .setMode(let path, _), .setOwner(let path, _, _),
      .setAttributes(let path, _), .makeDirectory(let path, _), .makeLink(let path, _, _), .remove(let path):
      path
    case .placeFile(let file): file.path
    case .command: nil
    }
  }
}
