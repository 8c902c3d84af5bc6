import Hosts
import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Files on this computer that belong to the program or to the user: recipes and platforms.
package enum LocalFiles {
  /// The names of the `.lua` files in a folder, sorted; empty if the folder cannot be read.
  static func luaFiles(in folder: String) -> [String] {
    if let inside = builtIn(folder) {
      return BuiltInRecipes.files.keys.filter { parent(of: "/" + $0) == "/" + inside }
        .map { String($0.dropFirst(inside.isEmpty ? 0 : inside.count + 1)) }.sorted()
    }
    return names(in: folder).filter { $0.hasSuffix(".lua") && !$0.hasPrefix(".") }
  }

  /// The names in a folder on the disk, in ASCII order; empty if the folder cannot be read.
  package static func names(in folder: String) -> [String] { LocalFile.names(in: folder) }

  /// Reads a whole file.
  ///
  /// - Parameter options: for opening the file, in addition to close-on-exec.
  /// - Throws: `Errno`, or ``NotAFile``.
  package static func contents(
    of path: String, limit: Int, options: FileDescriptor.OpenOptions = []
  ) throws -> [UInt8] {
    if let inside = builtIn(path) {
      guard let bytes = BuiltInRecipes.files[inside] else { throw Errno.noSuchFileOrDirectory }
      return bytes
    }
    let file = try open(path, options: options)
    return try file.closeAfter {
      var bytes: [UInt8] = []
      var chunk = [UInt8](repeating: 0, count: 32768)
      while true {
        let count = try chunk.withUnsafeMutableBytes { try file.read(into: $0) }
        guard count > 0 else { return bytes }
        bytes += chunk[..<count]
        guard bytes.count <= limit else { throw Errno.fileTooLarge }
      }
    }
  }

  /// The first bytes of a file.
  ///
  /// - Throws: `Errno`, or ``NotAFile``.
  package static func head(of path: String, count: Int) throws -> [UInt8] {
    let file = try open(path)
    return try file.closeAfter {
      try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        filled = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
      }
    }
  }

  /// Opens regular files only: a named pipe would wait for a writer, perhaps forever. A descriptor that the program was
  /// started with, as in `--limit @<(…)`, has its writer.
  private static func open(_ path: String, options: FileDescriptor.OpenOptions = []) throws -> FileDescriptor {
    let isInherited = inherited.contains { path.hasPrefix($0) }
    let file = try FileDescriptor.open(
      FilePath(path), .readOnly, options: options.union(isInherited ? .closeOnExec : [.closeOnExec, .nonBlocking]))
    var status = stat()
    guard isInherited || fstat(file.rawValue, &status) == 0 else {
      try? file.close()
      throw Errno(rawValue: errno)
    }
    if isInherited || status.st_mode & S_IFMT == S_IFREG { return file }
    try? file.close()
    if status.st_mode & S_IFMT == S_IFDIR { throw Errno.isDirectory }
    throw NotAFile(kind: status.st_mode & S_IFMT == S_IFIFO ? "a named pipe" : "a device")
  }

  private static let inherited = ["/dev/stdin", "/dev/fd/", "/proc/self/fd/"]

  /// A named pipe, a socket or a device in place of a regular file.
  package struct NotAFile: Error, Hashable, Sendable, CustomStringConvertible {
    package var kind: String
    package var description: String { "it is \(kind); expected a file" }
  }

  /// A path below ``BuiltInRecipes/folder``, without the folder; `nil` for a path on the disk.
  private static func builtIn(_ path: String) -> String? {
    guard path.hasPrefix(BuiltInRecipes.folder) else { return nil }
    return String(path.dropFirst(BuiltInRecipes.folder.count + 1))
  }

  /// Whether an error of ``contents(of:limit:options:)`` means a missing file.
  static func isMissing(_ error: any Error) -> Bool {
    (error as? Errno).map { $0 == .noSuchFileOrDirectory || $0 == .notDirectory } ?? false
  }

  /// The reason for an error of ``contents(of:limit:options:)``, in lower case.
  package static func reason(_ error: any Error) -> String { (error as? Errno).map(text) ?? "\(error)" }

  // Opening a socket fails with this error.
  private static func text(_ error: Errno) -> String {
    error == .noSuchAddressOrDevice ? "it is a socket or a device; expected a file" : error.description.lowercased()
  }

  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Like `dirname`.
  package static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The file of the running program, with links resolved.
  static func executable() -> String? {
    #if canImport(Darwin)
      var size: UInt32 = 4096
      var buffer = [CChar](repeating: 0, count: Int(size))
      guard _NSGetExecutablePath(&buffer, &size) == 0, let real = realpath(buffer, nil) else { return nil }
    #else
      guard let real = realpath("/proc/self/exe", nil) else { return nil }
    #endif
    defer { free(real) }
    return String(cString: real)
  }
}
