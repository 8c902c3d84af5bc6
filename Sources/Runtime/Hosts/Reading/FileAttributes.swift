/// What may stand beside a file's owner and mode. A host without the tools to show it tells nothing.
package struct FileAttributes: Sendable, Hashable, Codable {
  /// Its access control list as setfacl takes it, numbers for names: `user::rw-,user:1001:r--,group::r--,mask::r--,other::---`.
  package var acl: String?
  /// Its extended attributes, names and values as getfattr writes them: `user.origin` and `0x6e6173`. SELinux's are its
  /// policy's to give, and no part.
  package var extended: [String: String]

  package init(acl: String? = nil, extended: [String: String] = [:]) {
    self.acl = acl
    self.extended = extended
  }

  package var isEmpty: Bool { acl == nil && extended.isEmpty }

  /// What of these is gone. An access control list that is there in another form counts as there: a mode that is set
  /// only changes its mask, and setting the old one brings that back.
  package func lost(in now: FileAttributes) -> FileAttributes {
    FileAttributes(acl: now.acl == nil ? acl : nil, extended: extended.filter { now.extended[$0.key] == nil })
  }

  func adding(_ other: FileAttributes) -> FileAttributes {
    FileAttributes(acl: other.acl ?? acl, extended: extended.merging(other.extended) { $1 })
  }
}

extension FileAttributes {
  /// Takes one line of `attributes` (`lib/look.sh`).
  ///
  /// - Returns: whether it was one.
  mutating func read(_ line: String) -> Bool {
    if line.hasPrefix("acl ") {
      acl = line.dropFirst(4).split(separator: ",").joined(separator: ",")
      return true
    }
    guard line.hasPrefix("xattr ") else { return false }
    guard let sign = line.lastIndex(of: "=") else { return true }
    extended[String(line[..<sign].dropFirst(6))] = String(line[line.index(after: sign)...])
    return true
  }

  /// As `setfattr --restore` reads it.
  func dump(for path: String) -> String {
    let name = path.replacing(#"\"#, with: #"\134"#)
    let lines = extended.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)\n" }
    return lines.isEmpty ? "" : "# file: \(name)\n\(lines.joined())\n"
  }
}
