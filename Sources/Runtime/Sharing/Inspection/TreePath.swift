import Formats

/// A path in a commit, as in git: bytes that an author can choose freely.
package struct TreePath: Sendable, Hashable {
  /// From the top of the repository, without empty parts.
  package let text: String
  package var parts: [Substring] { text.split(separator: "/") }

  /// Limits of a path: `NAME_MAX`, and well below `PATH_MAX` of POSIX systems.
  static let longestPart = 255
  static let longest = 1000
  static let deepest = 16

  /// Allowed in text, but not in paths; HFS+ ignores the joiners, which could hide a `.git`.
  private static let refused: Set<Unicode.Scalar> = ["\n", "\t", "\u{200C}", "\u{200D}"]

  /// A fault of a path; each message follows `the path "…"`.
  package enum Fault: Error, Hashable, Sendable {
    case notUTF8
    case invisible(Unicode.Scalar)
    case backslash
    case absolute
    case emptyPart
    case leadsOut
    case gitFolder
    case tooLong
    case tooDeep
  }

  /// - Throws: ``Fault`` for the first fault.
  package init(_ bytes: [UInt8]) throws(Fault) {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
    if let scalar = text.unicodeScalars.first(where: Self.refused.contains) ?? text.firstUnseen {
      throw .invisible(scalar)
    }
    guard !text.contains("\\") else { throw .backslash }
    guard !text.hasPrefix("/") else { throw .absolute }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    for part in parts {
      guard !part.isEmpty else { throw .emptyPart }
      guard part != ".", part != ".." else { throw .leadsOut }
      guard !Self.isGitFolder(part) else { throw .gitFolder }
      guard part.utf8.count <= Self.longestPart else { throw .tooLong }
    }
    guard bytes.count <= Self.longest else { throw .tooLong }
    guard parts.count <= Self.deepest else { throw .tooDeep }
    self.text = text
  }

  /// `.git` in every form that some file system accepts (git's `is_ntfs_dotgit` and `is_hfs_dotgit`): in another case,
  /// with trailing dots or spaces, with a stream name after a colon, or as NTFS's short name. Characters that HFS+
  /// ignores are refused everywhere.
  private static func isGitFolder(_ part: Substring) -> Bool {
    let base = part.prefix { $0 != ":" }.lowercased()
    let bare = String(base.reversed().drop { $0 == "." || $0 == " " }.reversed())
    return bare == ".git" || bare.wholeMatch(of: /git~[0-9]+/) != nil
  }

  /// Equal for paths that are the same file on a file system that ignores case or composes accents: `String` treats
  /// composed and decomposed letters as equal.
  var folded: String { text.lowercased() }
}

extension TreePath.Fault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notUTF8: "is not UTF-8"
    case .invisible(let scalar): "contains the invisible character \(scalar.codePoint)"
    case .backslash: "contains a backslash, which separates folders on some systems"
    case .absolute: "begins at the root of the file system"
    case .emptyPart: "has an empty part"
    case .leadsOut: "leads out of its folder"
    case .gitFolder: "is reserved for git's own files"
    case .tooLong:
      "is too long; expected at most \(TreePath.longestPart) bytes per part, and \(TreePath.longest) in total"
    case .tooDeep: "is too deep; expected at most \(TreePath.deepest) parts"
    }
  }
}
