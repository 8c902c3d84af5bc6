import Hosts

/// One line of a journal. Everything that is needed to take an act back stands in it before the act is done.
struct JournalRecord: Codable, Sendable, Hashable {
  enum Kind: String, Codable, Sendable {
    /// The run's first line.
    case run
    /// About to be done: the before-image.
    case before
    case done
    case failed
    /// A host is reached at another port from now on.
    case moved
    /// The run's last line.
    case end
  }

  /// What kind of act; see ``Act/Kind``.
  enum Deed: String, Codable, Sendable {
    case replaceFile, setMode, setOwner, setAttributes, makeDirectory, makeLink, remove, command
  }

  var kind: Kind
  var deed: Deed?
  /// Seconds since 1970.
  var time: Double
  /// The act's number in the run.
  var act: Int?
  var host: String?
  var account: String?
  /// What the act does, in a line: `replace /home/pi/.ssh/authorized_keys`.
  var summary: String?
  var path: String?
  /// Whether the file is a part of sshd's configuration; of what it includes, only sshd_config as it was then can tell.
  var isConfig: Bool?
  var image: Image?
  /// Paths that a command makes; they were not there before.
  var creates: [String]?
  /// See ``Act/leavesNothing``.
  var leavesNothing: Bool?
  /// See ``Act/scratch``.
  var scratch: [String]?
  /// What the act leaves, to see later whether the file still is as we left it: `Checksum.text` of contents, a mode, an
  /// owner as chown takes it, where a link leads to.
  var after: String?
  /// Of a host that has moved; see ``Relocation``. `nil`: it has not, and is where it was.
  var port: Int?
  var hostKeyName: String?
  var recipe: String?
  var hosts: [String]?
  var outcome: String?

  /// What was there before.
  struct Image: Codable, Sendable, Hashable {
    var exists: Bool
    var kind: String?
    var mode: String?
    var userID: Int?
    var groupID: Int?
    /// In Base64, of files whose contents the act replaces.
    var contents: String?
    var linkTarget: String?
    /// Why there is nothing that could bring back what the act takes away, in a clause.
    var unkept: String?
    /// `nil` where there are none, or the host does not tell.
    var attributes: FileAttributes?
  }
}
