import Contract
import Formats
import Recipes
import SystemPackage

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The third-party recipes that the user has agreed to run. Consent is given to contents, ``RecipeContents``: only a
/// change of the recipe, its modules or its platforms asks for consent again.
package struct ConsentStore: Sendable {
  /// Whether a recipe may run.
  package enum Verdict: Sendable, Hashable {
    /// The user has agreed to this content.
    case granted
    /// The user has never agreed to the recipe.
    case first
    /// The user agreed to an earlier version, or to fewer permissions.
    case changed(Change)
  }

  /// The changes since the user agreed.
  package struct Change: Sendable, Hashable {
    /// The permissions requested in addition.
    package var gained: Set<Permission>
    /// Files added, removed or changed, by path in the folder of recipes.
    package var files: [String]
  }

  private let folder: String

  /// - Parameter folder: created with the first consent, for the user alone (0700).
  package init(folder: String) { self.folder = folder }

  /// `~/.local/state/ssh-recipes/consents`, as in the XDG Base Directory Specification.
  package static func standard() -> ConsentStore {
    func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
    // The specification requires a value that is not absolute to be ignored.
    let state = environment("XDG_STATE_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
    let base = state ?? (environment("HOME") ?? "") + "/.local/state"
    return ConsentStore(folder: base + "/ssh-recipes/consents")
  }

  package func verdict(on request: ConsentRequest) -> Verdict {
    let place = path(of: request.source)
    // A consent does not count if another account could have given it.
    guard OwnFiles.doubt(about: place) == nil, let bytes = try? LocalFiles.contents(of: place, limit: 1 << 20),
      let kept = Record(String(decoding: bytes, as: UTF8.self))
    else { return .first }
    let gained = request.needs.subtracting(kept.needs)
    // The same content need not request the same permissions each time that it is read.
    if kept.digest == request.contents.digest, gained.isEmpty { return .granted }
    let now = request.contents.fileDigests
    let files = Set(kept.files.keys).union(now.keys).filter { kept.files[$0] != now[$0] }
    return .changed(Change(gained: gained, files: files.sorted()))
  }

  /// Records the user's consent, replacing consent to an earlier version.
  ///
  /// - Throws: `Errno`.
  package func grant(_ request: ConsentRequest) throws {
    try Self.makeFolder(folder)
    let record = Record(
      digest: request.contents.digest, needs: request.needs, files: request.contents.fileDigests)
    try DurableFile.write(Array(record.text.utf8), to: path(of: request.source))
  }

  private func path(of source: String) -> String { "\(folder)/\(SHA256.hexadecimal(Array(source.utf8)))" }

  private static func makeFolder(_ path: String) throws {
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    // An existing folder may be open to others.
    guard chmod(path, 0o700) == 0 else { throw Errno(rawValue: errno) }
  }
}

/// A stored consent: the digest of the content, with permissions and files to describe later changes.
private struct Record {
  var digest: String
  var needs: Set<Permission>
  var files: [String: String]

  init(digest: String, needs: Set<Permission>, files: [String: String]) {
    self.digest = digest
    self.needs = needs
    self.files = files
  }

  init?(_ text: String) {
    let lines = text.split(separator: "\n").map { $0.split(separator: " ", maxSplits: 1).map(String.init) }
    guard let first = lines.first, first.count == 2, first[0] == "content" else { return nil }
    self.init(digest: first[1], needs: [], files: [:])
    for line in lines.dropFirst() where line.count == 2 {
      if line[0] == "needs", let permission = Permission(rawValue: line[1]) { needs.insert(permission) }
      if line[0] != "needs" { files[line[1]] = line[0] }
    }
  }

  var text: String {
    let lines =
      ["content \(digest)"] + needs.map { "needs \($0.rawValue)" }.sorted()
      + files.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    return lines.map { $0 + "\n" }.joined()
  }
}
