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

/// Writes files completely or not at all, even through a power failure.
package enum DurableFile {
  /// Marks the name of an unfinished file, so that the leftovers of a killed program can be recognised.
  package static let mark = ".new-"

  package static func freshName(for path: String) -> String { "\(path)\(mark)\(UInt32.random(in: 0...UInt32.max))" }

  /// - Throws: `Errno`.
  package static func write(_ bytes: [UInt8], to path: String, mode: FilePermissions = .ownerReadWrite) throws {
    let fresh = freshName(for: path)
    do {
      try create(fresh, bytes, mode: mode)
      try move(fresh, to: path)
    } catch {
      unlink(fresh)
      throw error
    }
  }

  /// Removes the unfinished files of a killed program: of the file with this name, or all in the folder.
  package static func removeLeftovers(of name: String? = nil, in folder: String) {
    for entry in LocalFiles.names(in: folder) where name.map({ entry.hasPrefix($0 + mark) }) ?? entry.contains(mark) {
      unlink("\(folder)/\(entry)")
    }
  }

  /// Creates a file and syncs it to the disk.
  package static func create(_ path: String, _ bytes: [UInt8], mode: FilePermissions = .ownerReadWrite) throws {
    let file = try FileDescriptor.open(
      FilePath(path), .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec, .noFollow], permissions: mode)
    try file.closeAfter {
      try file.writeAll(bytes)
      guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
    }
  }

  /// Renames a file and syncs the folder to the disk.
  package static func move(_ from: String, to path: String) throws {
    guard rename(from, path) == 0 else { throw Errno(rawValue: errno) }
    try sync(folder: LocalFiles.parent(of: path))
  }

  package static func sync(folder: String) throws {
    let handle = try FileDescriptor.open(FilePath(folder), .readOnly, options: [.closeOnExec, .directory])
    // Some file systems cannot sync a folder, and do not need to.
    try handle.closeAfter { _ = fsync(handle.rawValue) }
  }

  package enum Kind { case file, folder, link, other }

  /// The kind of the file at a path, without following links.
  package static func kind(of path: String) -> Kind? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    case S_IFLNK: return .link
    default: return .other
    }
  }

  package static func makeFolder(_ path: String, mode: Int = 0o700) throws {
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: mode])
  }
}
