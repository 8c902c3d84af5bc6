import Hosts

/// An act in its journal form.
struct RecordedAct: Sendable, Hashable {
  /// The act's place in the run, from 1.
  var number: Int
  var host: String
  var account: Account
  /// The act in a line: `replace /home/pi/.ssh/authorized_keys`.
  var summary: String
  var subject: Subject
  /// See ``Act/leavesNothing``.
  var leavesNothing = false
  /// See ``Act/scratch``.
  var scratch: [String] = []
  /// See ``Act/isOpaque``.
  var isOpaque = false
  /// See ``Act/rollsBack``.
  var rollsBack = false
  /// The call of a primitive that the act belongs to; `nil` for the runtime's own acts, and in journals of earlier versions.
  var call: Int?
  /// Of a command: the way to undo it.
  var undo: RecordedUndo?
  /// See ``Act/undoes``.
  var undoes: String?

  /// An undo command in its journal form.
  struct RecordedUndo: Sendable, Hashable {
    var command: UndoCommand
    /// See ``JournalSeal``.
    var seal: String
    /// Whether the seal is this computer's own. Never in the journal.
    var isBelieved = false
  }

  enum Subject: Sendable, Hashable {
    case file(FileAct)
    /// `creates`: paths that the command makes, absent before.
    case command(creates: [String])
  }

  /// An act on one path.
  struct FileAct: Sendable, Hashable {
    /// See ``Act/Kind``; the raw values are the journal's values of `deed`.
    enum Kind: String, Sendable {
      case replaceFile, setMode, setOwner, setAttributes, makeDirectory, makeLink, remove
    }

    var kind: Kind
    var path: String
    var before: BeforeImage
    /// The result of the act, to recognise later changes by others: the `Checksum.text` of contents, a mode, an owner
    /// in the form of chown, the target of a link.
    var after: String?
    /// Whether the file is part of sshd's configuration; for an included file, only the sshd_config at the time of the
    /// act can tell.
    var isConfig = false

    /// Whether the act changes the file's contents, or removes the file.
    var touchesContents: Bool { kind == .replaceFile || kind == .remove }
  }

  /// `nil` for a command.
  var file: FileAct? { if case .file(let file) = subject { file } else { nil } }
  /// Empty for an act on a file.
  var creates: [String] { if case .command(let creates) = subject { creates } else { [] } }

  /// Whether `undo` can restore the state before the act; see ``UndoDecision``.
  var isUndoable: Bool {
    switch subject {
    case .file(let file): file.before.unkept == nil && file.kind != .setAttributes
    // A new key stays, since it may be in use elsewhere.
    case .command where undo != nil: true
    case .command(let creates): !creates.isEmpty && !creates.contains { $0.hasSuffix(".pub") }
    }
  }
}
