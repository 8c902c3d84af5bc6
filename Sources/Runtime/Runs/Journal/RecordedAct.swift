import Hosts

/// An act as a journal keeps it.
struct RecordedAct: Sendable, Hashable {
  /// Its place in the run, from 1.
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

  enum Subject: Sendable, Hashable {
    case file(FileAct)
    /// `creates`: paths that the command makes; they were not there before.
    case command(creates: [String])
  }

  /// An act on one path.
  struct FileAct: Sendable, Hashable {
    /// See ``Act/Kind``; the raw values are those of the journal's `deed`.
    enum Kind: String, Sendable {
      case replaceFile, setMode, setOwner, setAttributes, makeDirectory, makeLink, remove
    }

    var kind: Kind
    var path: String
    var before: BeforeImage
    /// What the act leaves, to see later whether the file still is as the run left it: the `Checksum.text` of contents, a
    /// mode, an owner as chown takes it, the target of a link.
    var after: String?
    /// Whether the file is a part of sshd's configuration; for an included file, only sshd_config as it was then can tell.
    var isConfig = false

    /// Whether the act gives the file other contents, or removes it.
    var touchesContents: Bool { kind == .replaceFile || kind == .remove }
  }

  /// `nil` for a command.
  var file: FileAct? { if case .file(let file) = subject { file } else { nil } }
  /// Empty for an act on a file.
  var creates: [String] { if case .command(let creates) = subject { creates } else { [] } }
}
