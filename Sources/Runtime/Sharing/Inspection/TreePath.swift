import Formats

/// A path in a commit, as git has it: bytes that anybody can choose freely, with plumbing that checks nothing.
package struct TreePath: Sendable, Hashable {
  /// From the top of the repository, without empty parts.
  package let text: String
  package var parts: [Substring] { text.split(separator: "/") }

  /// What a path may be made of at most: `NAME_MAX` and a fair bit below `PATH_MAX` of POSIX systems.
  static let longestPart = 255
  static let longest = 1000
  static let deepest = 16

  /// Text may have these; HFS+ ignores the joiners, so that `.git` may be hidden behind one.
  private static let refused: Set<Unicode.Scalar> = ["\n", "\t", "\u{200C}", "\u{200D}"]

  /// What is wrong with a path; each reads after `the path "…"`.
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

  /// - Throws: ``Fault`` for the first thing that is wrong.
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

  /// `.git` in all ways that some file system takes for it (git's own `is_ntfs_dotgit` and `is_hfs_dotgit`): in another
  /// case, with dots or spaces behind, with a stream's name behind a colon, as NTFS's short name. Characters that HFS+
  /// ignores are refused everywhere.
  private static func isGitFolder(_ part: Substring) -> Bool {
    let base = part.prefix { $0 != ":" }.lowercased()
    let bare = String(base.reversed().drop { $0 == "." || $0 == " " }.reversed())
    return bare == ".git" || bare.wholeMatch(of: /git~[0-9]+/) != nil
  }

  /// Equal for paths that are one file where the file system ignores case, or composes accents: `String` compares
  /// composed and decomposed letters as equal.
  var folded: String { text.lowercased() }
}

extension TreePath.Fault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notUTF8: "is not UTF-8"
    case .invisible(let scalar): "holds the character \(scalar.codePoint), which cannot be seen"
    case .backslash: "holds a backslash, which leads into folders on some systems"
    case .absolute: "begins at the root of the file system"
    case .emptyPart: "has an empty part"
    case .leadsOut: "leads out of its folder"
    case .gitFolder: "is where git keeps its own files"
    case .tooLong:
      "is too long; expected at most \(TreePath.longestPart) bytes a part, and \(TreePath.longest) together"
    case .tooDeep: "is too deep; expected at most \(TreePath.deepest) parts"
    }
  }
}
