import Formats

/// The text under a detached signature: every loadable file with its SHA-256, in the format of `sha256sum`, so that
/// people can check it by hand.
package struct ContentManifest: Sendable, Hashable {
  package let text: String

  package init(_ contents: RepositoryContents) {
    let lines = contents.files.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map { "\(SHA256.hexadecimal($0.value))  \($0.key)\n" }
    text = lines.joined()
  }
}
