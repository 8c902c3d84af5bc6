import Formats
import Values

extension FileStatus {
  /// Reads a line of `ls -ldn`; see ``ListingLine``.
  package init?(listing text: String) {
    guard let line = ListingLine(text) else { return nil }
    let kind: Kind =
      switch line.type {
      case .regular: .file
      case .directory: .directory
      case .link: .link
      default: .other
      }
    self.init(
      kind: kind, mode: FileMode(bits: line.bits), userID: Int(line.uid), groupID: Int(line.gid),
      size: line.size ?? 0, hasACL: line.hasAccessControlList, linkTarget: line.target)
  }
}
