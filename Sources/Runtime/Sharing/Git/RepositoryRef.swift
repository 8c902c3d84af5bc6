import Formats

/// The requested part of a repository: a tag, a branch, a commit, or the default branch.
package struct RepositoryRef: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    /// The default branch, `HEAD`.
    case head
    /// A tag or a branch, by its short name.
    case name
    case tag
    case branch
    /// The full hash of a commit.
    case commit
  }

  /// As in the lock file: `HEAD`, `v1.2`, `refs/heads/main`, or a commit.
  package let text: String
  package let kind: Kind
  /// Without `refs/tags/` or `refs/heads/`.
  package let name: String

  package static let head = RepositoryRef(text: "HEAD", kind: .head, name: "HEAD")

  private init(text: String, kind: Kind, name: String) {
    self.text = text
    self.kind = kind
    self.name = name
  }

  /// Follows the rules of git-check-ref-format(1).
  ///
  /// - Throws: ``RepositoryRefError``.
  package init(parsing text: String) throws(RepositoryRefError) {
    self.text = text
    if text == "HEAD" {
      (kind, name) = (.head, text)
      return
    }
    guard text.utf8.first != UInt8(ascii: "-") else { throw .option(text) }
    if Self.isHexadecimal(text), text.count == 40 || text.count == 64 {
      (kind, name) = (.commit, text)
      return
    }
    if let tag = Self.name(text, after: "refs/tags/") {
      (kind, name) = (.tag, tag)
    } else if let branch = Self.name(text, after: "refs/heads/") {
      (kind, name) = (.branch, branch)
    } else {
      (kind, name) = (.name, text)
    }
    guard Self.isValid(name) else { throw .malformed(text) }
  }

  /// By byte, as in git: as Characters, a slash and a following combining mark would be one.
  private static func name(_ text: String, after prefix: String) -> String? {
    guard text.utf8.starts(with: prefix.utf8) else { return nil }
    return String(decoding: text.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
  }

  /// Whether the name may be an abbreviated commit, which is not enough to pin a commit.
  var looksLikeShortCommit: Bool { kind == .name && (7..<40).contains(text.count) && Self.isHexadecimal(text) }

  private static func isHexadecimal(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
  }

  /// By scalar, for the same reason. Invisible characters are refused, although git allows them: some end lines, and
  /// the lock file is read line by line.
  private static func isValid(_ name: String) -> Bool {
    let scalars = name.unicodeScalars
    func has(_ text: String) -> Bool { scalars.contains(text.unicodeScalars) }
    guard name != "@", scalars.first != "-", scalars.last != ".", !has(".."), !has("@{"),
      !scalars.contains(where: {
        $0.value <= 0x20 || $0.isUnseen || "~^:?*[\\".unicodeScalars.contains($0)
      })
    else { return false }
    return scalars.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty && part.first != "." && !part.reversed().starts(with: ".lock".unicodeScalars.reversed())
    }
  }
}

/// Why a text is not a tag, branch or commit.
package enum RepositoryRefError: Error, Hashable, Sendable {
  case option(String)
  case malformed(String)
}

extension RepositoryRefError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .option(let text): "\"\(text)\" looks like a git option, not like a tag, branch or commit"
    case .malformed(let text):
      "\"\(text.onOneLine)\" is not a valid name for a tag or branch (git-check-ref-format(1)); expected a name such "
        + "as v1.2 or main, or the full hash of a commit"
    }
  }
}
