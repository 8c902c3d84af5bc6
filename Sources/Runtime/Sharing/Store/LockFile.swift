/// `repositories.lock`: the pinned repositories, as text for people to read and for git to merge.
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
/// `signed` is the signer, and `signer`, which may appear several times, a required signer.
package struct LockFile: Sendable, Hashable {
  package static let name = "repositories.lock"
  static let version = "1"
  /// The program writes the lock file itself; a larger file is not a lock file.
  static let sizeLimit = 1 << 20

  package private(set) var repositories: [LockedRepository]

  package init(_ repositories: [LockedRepository] = []) {
    self.repositories = repositories.sorted { $0.name < $1.name }
  }

  package subscript(name name: String) -> LockedRepository? { repositories.first { $0.name == name } }

  /// Adds the repository, or replaces the repository of the same name.
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

  /// - Parameter file: the file's name in messages.
  /// - Throws: ``LockFileError``; a lock file that is only partly valid is not used at all.
  package init(parsing text: String, file: String) throws(LockFileError) {
    var reader = LockReader(file: file)
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      try reader.take(line, number: index + 1)
    }
    self.init(try reader.finish())
  }
}

extension LockedRepository {
  /// The repository's part of the lock file. Also stored next to the contents, so that a changed lock file is noticed.
  var lockText: String {
    var lines = ["repository \(name)"]
    var fields = [("url", url), ("ref", ref), ("commit", commit), ("content", contentHash)]
    if let signer { fields.append(("signed", signer.line)) }
    fields += signers.map { ("signer", $0.line) }
    lines += fields.map { "  " + $0.0 + String(repeating: " ", count: 9 - $0.0.count) + $0.1 }
    return lines.map { $0 + "\n" }.joined()
  }
}
