import Synchronization
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
#endif

/// A run's journal: one JSON object per line, in a folder and a file readable only by their owner.
final class Journal: Sendable {
  let runID: String
  let path: FilePath
  /// The first line, written together with the first act.
  private let head: JournalLine
  private let file: Mutex<FileDescriptor?>

  /// The folder for journals: `$XDG_STATE_HOME/ssh-recipes/runs`.
  static func folder(environment: [String: String] = ProcessInfo.processInfo.environment) -> FilePath {
    let state = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? FilePath($0) : nil }
    let home = FilePath(environment["HOME"] ?? "/")
    return (state ?? home.appending(".local/state")).appending("ssh-recipes/runs")
  }

  /// The folder of ``LoginMemory``, beside the folder for journals.
  static var folderOfLogins: String { folder().removingLastComponent().appending("logins").string }

  /// Opens a new journal. The file is created with the first record, so that a run without changes leaves none.
  init(
    runID: String, folder: FilePath, recipe: String, hosts: [String], logins: [String: RecordedLogin] = [:]
  ) {
    self.runID = runID
    head = Self.now(.run(recipe: recipe, hosts: hosts, logins: logins))
    path = folder.appending("\(runID).jsonl")
    file = Mutex(nil)
  }

  /// The folder with the journal.
  var folder: FilePath { path.removingLastComponent() }

  /// Whether nothing has been recorded.
  var isEmpty: Bool { file.withLock { $0 == nil } }

  /// Writes one record and, unless `isDurable` is false, waits until the record is on disk.
  ///
  /// - Throws: ``JournalError``; the act must not be done then, since there would be no way to undo it.
  func write(_ record: JournalRecord, isDurable: Bool = true) throws {
    do { try append(record, isDurable: isDurable) } catch let error as Errno {
      throw JournalError(path: path.removingLastComponent().string, why: error)
    }
  }

  /// Whether the journals of a folder can be made, as far as can be told without making one.
  ///
  /// - Throws: ``JournalError``.
  static func check(_ folder: FilePath) throws(JournalError) {
    var place = folder
    while access(place.string, F_OK) != 0, errno == ENOENT, !place.components.isEmpty { place.removeLastComponent() }
    var status = stat()
    guard stat(place.string, &status) == 0 else { throw JournalError(path: folder.string, why: Errno(rawValue: errno)) }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw JournalError(path: folder.string, why: .notDirectory) }
    guard access(place.string, W_OK | X_OK) == 0 else {
      throw JournalError(path: folder.string, why: Errno(rawValue: errno))
    }
  }

  private func append(_ record: JournalRecord, isDurable: Bool) throws {
    try file.withLock { file in
      var lines = try Self.bytes(of: Self.now(record))
      if file == nil {
        file = try Self.create(path)
        lines = try Self.bytes(of: head) + lines
      }
      guard let file else { return }
      try file.writeAll(lines)
      guard isDurable else { return }
      guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
    }
  }

  /// Writes the last line, unless the journal is empty, and closes the file.
  func close(as outcome: RecordedOutcome) {
    let isEmpty = file.withLock { $0 == nil }
    guard !isEmpty else { return }
    // The terminal shows the outcome as well; a full disk must not turn a good run into a failed one.
    try? write(.end(outcome))
    file.withLock { file in
      try? file?.close()
      file = nil
    }
  }

  /// Appends a record to the journal of a past run.
  ///
  /// - Throws: `Errno` if there is no such journal.
  static func append(_ record: JournalRecord, to path: FilePath) throws {
    let file = try FileDescriptor.open(path, .writeOnly, options: [.append])
    // A run that was cut off may have left half a line.
    try file.closeAfter { _ = try file.writeAll([0x0A] + bytes(of: now(record))) }
  }

  private static func now(_ record: JournalRecord) -> JournalLine {
    JournalLine(time: Date().timeIntervalSince1970, record: record)
  }

  private static func bytes(of line: JournalLine) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(line)) + [0x0A]
  }

  private static func create(_ path: FilePath) throws -> FileDescriptor {
    try makeDirectory(path.removingLastComponent())
    return try FileDescriptor.open(
      path, .writeOnly, options: [.create, .exclusiveCreate, .append], permissions: .ownerReadWrite)
  }

  /// Makes a folder and those above it, open to their owner only.
  static func makeDirectory(_ folder: FilePath) throws(Errno) {
    guard !folder.isEmpty, mkdir(folder.string, 0o700) != 0 else { return }
    switch errno {
    case EEXIST: return
    case ENOENT where folder.components.count > 1:
      try makeDirectory(folder.removingLastComponent())
      guard mkdir(folder.string, 0o700) != 0, errno != EEXIST else { return }
      throw Errno(rawValue: errno)
    default: throw Errno(rawValue: errno)
    }
  }
}
