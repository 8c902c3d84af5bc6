import Formats
import Hosts
import Recipes
import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Seals the undo commands of a journal with a key of this computer and account. A changed or foreign journal has no valid
/// seal, so `undo` runs no command of such a journal.
struct JournalSeal: Sendable {
  private let key: [UInt8]

  private static let keyLength = 32

  private static func path(_ folder: FilePath) -> FilePath { folder.appending("seal.key") }

  /// The key in a folder of journals.
  ///
  /// - Returns: `nil` without a key, or if another account could have read or written it.
  static func existing(in folder: FilePath) -> JournalSeal? {
    let path = path(folder).string
    guard OwnFiles.doubt(about: path) == nil, OwnFiles.isPrivate(path),
      let key = try? LocalFiles.contents(of: path, limit: keyLength), key.count == keyLength
    else { return nil }
    return JournalSeal(key: key)
  }

  /// The key in a folder of journals, made if there is none.
  ///
  /// - Throws: ``JournalError``.
  static func standard(in folder: FilePath) throws -> JournalSeal {
    if let seal = existing(in: folder) { return seal }
    let path = path(folder)
    do { try make(path) } catch let error as Errno { throw JournalError(path: path.string, why: error) }
    guard let seal = existing(in: folder) else { throw JournalError(path: path.string, why: .permissionDenied) }
    return seal
  }

  /// Makes the key complete or not at all, since several runs may make it at once. An existing file stays.
  private static func make(_ path: FilePath) throws {
    try Journal.makeDirectory(path.removingLastComponent())
    var random = SystemRandomNumberGenerator()
    let key = (0..<keyLength).map { _ in UInt8.random(in: 0...255, using: &random) }
    let fresh = DurableFile.freshName(for: path.string)
    defer { unlink(fresh) }
    try DurableFile.create(fresh, key)
    guard link(fresh, path.string) == 0 || errno == EEXIST else { throw Errno(rawValue: errno) }
  }

  /// The seal of an act's undo command, for this run, host and account alone.
  func seal(_ undo: UndoCommand, of act: RecordedAct, in run: String) -> String {
    let parts = [
      run, String(act.number), act.host, act.account == .root ? "root" : "login", undo.command, undo.check ?? "",
      undo.check == nil ? "" : "check",
    ]
    let message = parts.flatMap { Array("\($0.utf8.count) \($0)\n".utf8) }
    return HMAC.hexadecimal(message, key: key)
  }
}
