/// `repositories.lock`: what is pinned, as text that a person can read and git can merge.
///
///     version 1
///
///     repository acme
///       url      git@example.org:recipes.git
///       ref      refs/tags/v1.2
///       commit   0123…
///       content  sha256:89ab…
///       signed   ada@example.org ssh-ed25519 AAAA…
///       signer   ada@example.org ssh-ed25519 AAAA…
///
/// `signed` is who signed it, `signer`, which may be there more than once, who has to.
package struct LockFile: Sendable, Hashable {
  package static let name = "repositories.lock"
  static let version = "1"
  /// A lock file is written by us; one above this is something else.
  static let sizeLimit = 1 << 20

  package private(set) var repositories: [LockedRepository]

  package init(_ repositories: [LockedRepository] = []) {
    self.repositories = repositories.sorted { $0.name < $1.name }
  }

  package subscript(name name: String) -> LockedRepository? { repositories.first { $0.name == name } }

  /// Puts it in the place of the one of its name.
  mutating func set(_ repository: LockedRepository) {
    self = LockFile(repositories.filter { $0.name != repository.name } + [repository])
  }

  mutating func remove(_ name: String) { repositories.removeAll { $0.name == name } }

  package var text: String {
    let head = """
      # Repositories of recipes, pinned. Written by `ssh-recipes repo`; belongs under version control.
      version \(Self.version)

      """
    return head + repositories.map { "\n" + $0.lockText }.joined()
  }

  /// - Parameter file: what messages call it.
  /// - Throws: ``LockFileError``: nothing of a lock file that is not understood whole is used.
  package init(parsing text: String, file: String) throws(LockFileError) {
    var reader = LockReader(file: file)
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      try reader.take(line, number: index + 1)
    }
    self.init(try reader.finish())
  }
}

extension LockedRepository {
  /// Its part of the lock file; also kept beside its contents, to know one that was changed.
  var lockText: String {
    var lines = ["repository \(name)"]
    var fields = [("url", url), ("ref", ref), ("commit", commit), ("content", contentHash)]
    if let signer { fields.append(("signed", signer.line)) }
    fields += signers.map { ("signer", $0.line) }
    lines += fields.map { "  " + $0.0 + String(repeating: " ", count: 9 - $0.0.count) + $0.1 }
    return lines.map { $0 + "\n" }.joined()
  }
}
