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

/// Which recipes of somebody else a person has agreed to run. Consent is given to a content, ``RecipeContents``: a changed
/// recipe, module or platform is asked about again, and only that.
package struct ConsentStore: Sendable {
  /// What stands in the way of a run.
  package enum Verdict: Sendable, Hashable {
    /// Agreed to as it is.
    case granted
    /// Never agreed to.
    case first
    /// Agreed to before it was changed, or while it asked for less.
    case changed(Change)
  }

  /// What is not as it was when the person agreed.
  package struct Change: Sendable, Hashable {
    /// What it asks for now and did not then.
    package var gained: Set<Permission>
    /// Files that are new, gone or others, by path in the folder of recipes.
    package var files: [String]
  }

  private let folder: String

  /// - Parameter folder: made when the first consent is kept, for the person alone (0700).
  package init(folder: String) { self.folder = folder }

  /// `~/.local/state/ssh-recipes/consents`, as the XDG Base Directory Specification has it.
  package static func standard() -> ConsentStore {
    func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
    // The specification tells to ignore a value that is not absolute.
    let state = environment("XDG_STATE_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
    let base = state ?? (environment("HOME") ?? "") + "/.local/state"
    return ConsentStore(folder: base + "/ssh-recipes/consents")
  }

  package func verdict(on request: ConsentRequest) -> Verdict {
    guard let bytes = try? LocalFiles.contents(of: path(of: request.source), limit: 1 << 20),
      let kept = Record(String(decoding: bytes, as: UTF8.self))
    else { return .first }
    let gained = request.needs.subtracting(kept.needs)
    // The same content need not ask for the same each time that it is read.
    if kept.digest == request.contents.digest, gained.isEmpty { return .granted }
    let now = request.contents.fileDigests
    let files = Set(kept.files.keys).union(now.keys).filter { kept.files[$0] != now[$0] }
    return .changed(Change(gained: gained, files: files.sorted()))
  }

  /// Remembers that the person agreed; replaces what was agreed to of an earlier content.
  ///
  /// - Throws: `Errno`.
  package func grant(_ request: ConsentRequest) throws {
    try Self.makeFolder(folder)
    let record = Record(
      digest: request.contents.digest, needs: request.needs, files: request.contents.fileDigests)
    let target = path(of: request.source)
    let fresh = FilePath(target + ".new-\(UInt32.random(in: 0...UInt32.max))")
    let file = try FileDescriptor.open(
      fresh, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec], permissions: [.ownerReadWrite])
    _ = try file.closeAfter { try file.writeAll(Array(record.text.utf8)) }
    guard rename(fresh.string, target) == 0 else { throw Errno(rawValue: errno) }
  }

  private func path(of source: String) -> String { "\(folder)/\(SHA256.hexadecimal(Array(source.utf8)))" }

  private static func makeFolder(_ path: String) throws {
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    // One that was there already may be open to others.
    guard chmod(path, 0o700) == 0 else { throw Errno(rawValue: errno) }
  }
}

/// One consent as it is kept: the digest of what it was given to; of permissions and files only what tells a difference.
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
