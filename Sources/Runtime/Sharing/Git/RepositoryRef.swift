/// What of a repository is wanted: a tag, a branch, a commit, or the default branch.
public struct RepositoryRef: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// The default branch, `HEAD`.
    case head
    /// A tag or a branch, by its short name.
    case name
    case tag
    case branch
    /// All digits of a commit.
    case commit
  }

  /// As in the lock file: `HEAD`, `v1.2`, `refs/heads/main`, or a commit.
  public let text: String
  public let kind: Kind
  /// Without `refs/tags/` or `refs/heads/`.
  public let name: String

  public static let head = RepositoryRef(text: "HEAD", kind: .head, name: "HEAD")

  private init(text: String, kind: Kind, name: String) {
    self.text = text
    self.kind = kind
    self.name = name
  }

  /// The rules are those of git-check-ref-format(1).
  ///
  /// - Throws: ``RepositoryRefError``.
  public init(parsing text: String) throws(RepositoryRefError) {
    self.text = text
    if text == "HEAD" {
      (kind, name) = (.head, text)
      return
    }
    guard !text.hasPrefix("-") else { throw .option(text) }
    if Self.isHexadecimal(text), text.count == 40 || text.count == 64 {
      (kind, name) = (.commit, text)
      return
    }
    if text.hasPrefix("refs/tags/") {
      (kind, name) = (.tag, String(text.dropFirst(10)))
    } else if text.hasPrefix("refs/heads/") {
      (kind, name) = (.branch, String(text.dropFirst(11)))
    } else {
      (kind, name) = (.name, text)
    }
    guard Self.isValid(name) else { throw .malformed(text) }
  }

  /// Whether it may be the beginning of a commit, which is not enough to pin it.
  var looksLikeShortCommit: Bool { kind == .name && (7..<40).contains(text.count) && Self.isHexadecimal(text) }

  private static func isHexadecimal(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
  }

  private static func isValid(_ name: String) -> Bool {
    guard !name.isEmpty, name != "@", !name.hasPrefix("-"), !name.hasSuffix("/"), !name.hasSuffix("."),
      !name.contains(".."), !name.contains("@{"),
      !name.unicodeScalars.contains(where: {
        $0.value <= 0x20 || $0.value == 0x7F || "~^:?*[\\".unicodeScalars.contains($0)
      })
    else { return false }
    return name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty && !part.hasPrefix(".") && !part.hasSuffix(".lock")
    }
  }
}

/// Why something is not taken for a tag, branch or commit.
public enum RepositoryRefError: Error, Hashable, Sendable {
  case option(String)
  case malformed(String)
}

extension RepositoryRefError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .option(let text): "\"\(text)\" looks like an option of git, not like a tag, branch or commit"
    case .malformed(let text):
      "\"\(text.onOneLine)\" cannot be the name of a tag or branch (git-check-ref-format(1)); expected one such as v1.2 or main, "
        + "or all digits of a commit"
    }
  }
}
