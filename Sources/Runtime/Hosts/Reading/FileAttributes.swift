/// A file's attributes besides owner and mode. Empty on a host without the tools to read them.
package struct FileAttributes: Sendable, Hashable, Codable {
  /// The access control list in the form of setfacl, with numbers for names:
  /// `user::rw-,user:1001:r--,group::r--,mask::r--,other::---`.
  package var acl: String?
  /// The extended attributes, names and values in the form of getfattr: `user.origin` and `0x6e6173`. SELinux labels
  /// are excluded: the policy assigns them.
  package var extended: [String: String]

  package init(acl: String? = nil, extended: [String: String] = [:]) {
    self.acl = acl
    self.extended = extended
  }

  package var isEmpty: Bool { acl == nil && extended.isEmpty }

  /// The attributes that are gone. An access control list in another form counts as present: setting a mode changes
  /// only the mask, and setting the old mode restores the mask.
  package func lost(in now: FileAttributes) -> FileAttributes {
    FileAttributes(acl: now.acl == nil ? acl : nil, extended: extended.filter { now.extended[$0.key] == nil })
  }

  func adding(_ other: FileAttributes) -> FileAttributes {
    FileAttributes(acl: other.acl ?? acl, extended: extended.merging(other.extended) { $1 })
  }
}

extension FileAttributes {
  /// Reads one line of `attributes` (`lib/look.sh`).
  ///
  /// - Returns: whether the line was recognised.
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

  /// The input of `setfattr --restore`.
  func dump(for path: String) -> String {
    let name = path.replacing(#"\"#, with: #"\134"#)
    let lines = extended.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)\n" }
    return lines.isEmpty ? "" : "# file: \(name)\n\(lines.joined())\n"
  }
}
