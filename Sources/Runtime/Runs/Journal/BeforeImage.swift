import Formats
import Hosts
import Values

/// A file as it was before an act.
struct BeforeImage: Codable, Sendable, Hashable {
  var exists: Bool
  /// The letter of ``FileStatus/Kind``.
  var kind: String?
  var mode: String?
  var userID: Int?
  var groupID: Int?
  /// In Base64, of files whose contents the act replaces.
  var contents: String?
  var linkTarget: String?
  /// Why there is nothing that could restore what the act takes away, in a clause.
  var unkept: String?
  /// `nil` where there are none, or the host does not tell.
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
