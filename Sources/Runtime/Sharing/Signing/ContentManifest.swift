import Formats

/// What a detached signature is over: every file that can be loaded, by its SHA-256, in the form of `sha256sum`, so that
/// anybody can check it by hand.
package struct ContentManifest: Sendable, Hashable {
  package let text: String

  package init(_ contents: RepositoryContents) {
    let lines = contents.files.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map { "\(SHA256.hexadecimal($0.value))  \($0.key)\n" }
    text = lines.joined()
  }
}
