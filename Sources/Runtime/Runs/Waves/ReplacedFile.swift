import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that is always whole: the old contents or the new ones.
package enum ReplacedFile {
  /// Writes a file beside the old one, waits until it is on disk, and renames it. Makes missing folders.
  ///
  /// - Throws: `Errno`.
  package static func write(_ bytes: [UInt8], to path: FilePath, mode: FilePermissions = .ownerReadWrite) throws {
    try Journal.makeDirectory(path.removingLastComponent())
    let name = path.lastComponent?.string ?? ""
    let fresh = path.removingLastComponent().appending(".\(name).\(getpid())")
    do {
      let file = try FileDescriptor.open(
        fresh, .writeOnly, options: [.create, .truncate, .noFollow], permissions: mode)
      try file.closeAfter {
        try file.writeAll(bytes)
        guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
      }
      guard rename(fresh.string, path.string) == 0 else { throw Errno(rawValue: errno) }
    } catch {
      unlink(fresh.string)
      throw error
    }
  }
}
