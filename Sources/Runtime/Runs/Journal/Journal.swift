import Foundation
import Synchronization
import SystemPackage

/// A run's record on this computer, one JSON object a line, in a folder and file that only their owner can read.
final class Journal: Sendable {
  let runID: String
  let path: FilePath
  private let file: Mutex<FileDescriptor?>
  private let acts = Mutex(0)

  /// Where journals are: `$XDG_STATE_HOME/ssh-recipes/runs`.
  static func folder(environment: [String: String] = ProcessInfo.processInfo.environment) -> FilePath {
    let state = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? FilePath($0) : nil }
    let home = FilePath(environment["HOME"] ?? "/")
    return (state ?? home.appending(".local/state")).appending("ssh-recipes/runs")
  }

  /// Opens a new journal; the file comes to be with the first record, so that a run that changes nothing leaves none.
  init(runID: String, folder: FilePath) {
    self.runID = runID
    path = folder.appending("\(runID).jsonl")
    file = Mutex(nil)
  }

  func nextAct() -> Int {
    acts.withLock {
      $0 += 1
      return $0
    }
  }

  /// Writes one record and waits until it is on the disk.
  ///
  /// - Throws: `Errno`; then the act must not be done, since it could not be taken back.
  func write(_ record: JournalRecord) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var line = Array(try encoder.encode(record))
    line.append(0x0A)
    try file.withLock { file in
      if file == nil { file = try Self.create(path) }
      guard let file else { return }
      try file.writeAll(line)
      guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
    }
  }

  var isEmpty: Bool { file.withLock { $0 == nil } }

  func close() {
    file.withLock { file in
      try? file?.close()
      file = nil
    }
  }

  private static func create(_ path: FilePath) throws -> FileDescriptor {
    let folder = path.removingLastComponent()
    try FileManager.default.createDirectory(
      atPath: folder.string, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    return try FileDescriptor.open(
      path, .writeOnly, options: [.create, .exclusiveCreate, .append], permissions: .ownerReadWrite)
  }
}
