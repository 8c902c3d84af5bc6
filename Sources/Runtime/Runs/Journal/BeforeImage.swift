import Formats
import Hosts
import Values

/// The state of a file before an act.
struct BeforeImage: Codable, Sendable, Hashable {
  var exists: Bool
  /// The letter of ``FileStatus/Kind``.
  var kind: String?
  var mode: String?
  var userID: Int?
  var groupID: Int?
  /// In Base64, for files with contents to replace.
  var contents: String?
  var linkTarget: String?
  /// The path on the host under which a large file stays.
  var keptAs: String?
  /// Why the file cannot be restored, in a clause.
  var unkept: String?
  /// `nil` if the file has none, or the host has no tools to read them.
  var attributes: FileAttributes?
}

extension BeforeImage {
  var isDirectory: Bool { kind == "d" }
  var fileMode: FileMode? { mode.flatMap { FileMode($0) } }
  var bytes: [UInt8] { contents.flatMap { Base64.decode($0.utf8) } ?? [] }
  var owner: (user: Int, group: Int)? {
    guard let userID, let groupID else { return nil }
    return (userID, groupID)
  }
}
