import Formats

/// The contents of a repository at one commit: the loadable files, and no others.
package struct RepositoryContents: Sendable, Hashable {
  /// `repository.lua` and all files below `recipes/`, by path from the top of the repository.
  package var files: [String: [UInt8]]
  /// Files at the top that describe the contents and so cannot be part of them: signatures.
  package var attachments: [String: [UInt8]]

  /// The optional file in which a repository describes itself.
  package static let declaration = "repository.lua"
  /// The folder of recipes, modules, platforms and tests, with a trailing slash.
  package static let folder = "recipes/"

  package init(files: [String: [UInt8]], attachments: [String: [UInt8]] = [:]) {
    self.files = files
    self.attachments = attachments
  }

  /// Whether the path belongs to a loadable file, and so is part of the content's hash.
  package static func isPart(_ path: String) -> Bool {
    path == declaration || path.hasPrefix(folder)
  }

  /// SHA-256 over all files, sorted by the bytes of their paths. Path and bytes each follow their length in 8 bytes,
  /// most significant first, so that different sets of files give different texts. Modes are left out, since files are
  /// never executed.
  ///
  /// - Returns: `sha256:` and 64 hexadecimal digits.
  package var contentHash: String {
    var text: [UInt8] = []
    func take(_ bytes: [UInt8]) {
      text += (0..<8).map { UInt8(truncatingIfNeeded: bytes.count >> (56 - 8 * $0)) }
      text += bytes
    }
    let sorted = files.map { (path: Array($0.key.utf8), bytes: $0.value) }
      .sorted { $0.path.lexicographicallyPrecedes($1.path) }
    for (path, bytes) in sorted {
      take(path)
      take(bytes)
    }
    return "sha256:" + SHA256.hexadecimal(text)
  }
}
