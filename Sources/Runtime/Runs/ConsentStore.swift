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

/// Which recipes of somebody else a person has agreed to run. Consent is given to a content: a changed recipe, or a
/// changed module beside it, is asked about again.
public struct ConsentStore: Sendable {
  /// What stands in the way of a run.
  public enum Verdict: Sendable, Hashable {
    /// The person's own, one that came with the program, or one that was agreed to as it is.
    case granted
    /// Never agreed to.
    case first
    /// Agreed to before it was changed; `gained` is what it asks for now and did not then.
    case changed(gained: Set<Permission>)
  }

  private let folder: String

  /// - Parameter folder: made when the first consent is kept, for the person alone (0700).
  public init(folder: String) { self.folder = folder }

  /// - Parameters:
  ///   - source: where the recipe came from, such as a repository's address and the recipe's name: the same for every
  ///     version of it.
  ///   - digest: ``digest(of:modules:)`` of what would run.
  public func verdict(on source: String, digest: String, needs: Set<Permission>) -> Verdict {
    guard let known = try? Folder.contents(of: path(of: source), limit: 1 << 16) else { return .first }
    let lines = String(decoding: known, as: UTF8.self).split(separator: "\n").map(String.init)
    guard let kept = lines.first else { return .first }
    // What it needs is part of the content, and its own line only tells the difference.
    if kept == digest { return .granted }
    let before = Set(lines.dropFirst().compactMap(Permission.init))
    return .changed(gained: needs.subtracting(before))
  }

  /// Remembers that the person agreed; replaces what was agreed to of an earlier content.
  ///
  /// - Throws: `Errno`.
  public func grant(_ source: String, digest: String, needs: Set<Permission>) throws {
    try Self.makeFolder(folder)
    let text = ([digest] + needs.map(\.rawValue).sorted()).joined(separator: "\n") + "\n"
    let target = path(of: source)
    let fresh = FilePath(target + ".new-\(UInt32.random(in: 0...UInt32.max))")
    let file = try FileDescriptor.open(
      fresh, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec], permissions: [.ownerReadWrite])
    _ = try file.closeAfter { try file.writeAll(Array(text.utf8)) }
    guard rename(fresh.string, target) == 0 else { throw Errno(rawValue: errno) }
  }

  /// SHA-256 over the recipe and the modules that lie beside it, by name; each with its length, so that no two
  /// sets of files give the same text.
  public static func digest(of recipe: [UInt8], modules: [String: [UInt8]]) -> String {
    var text = Array("recipe \(recipe.count)\n".utf8) + recipe
    for (name, bytes) in modules.sorted(by: { $0.key < $1.key }) {
      text += Array("module \(name.utf8.count) \(name) \(bytes.count)\n".utf8) + bytes
    }
    return hexadecimal(SHA256.digest(text))
  }

  private func path(of source: String) -> String { "\(folder)/\(Self.hexadecimal(SHA256.digest(Array(source.utf8))))" }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private static func makeFolder(_ path: String) throws {
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    // One that was there already may be open to others.
    guard chmod(path, 0o700) == 0 else { throw Errno(rawValue: errno) }
  }
}
