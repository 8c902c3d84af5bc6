#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Files of this computer that ssh reads or writes.
package enum LocalFile {
  /// Whether there is a file other than a directory. `~/` stands for the home that ssh uses.
  package static func exists(_ path: String) -> Bool {
    var status = stat()
    let path = path.hasPrefix("~/") ? (Effective.home ?? "~") + path.dropFirst() : path
    return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
  }

  /// Whether a script on this computer finds a program.
  package static func hasProgram(_ name: String) -> Bool { LocalPrograms.path(name) != nil }

  /// The names in a folder, in ASCII order; empty if the folder cannot be read.
  package static func names(in folder: String) -> [String] {
    guard let entries = opendir(folder) else { return [] }
    defer { closedir(entries) }
    var names: [String] = []
    while let entry = readdir(entries) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// - Returns: the first `limit` bytes or a little more; empty for an unreadable file, and for a named pipe, which would
  ///   wait for a writer.
  package static func read(_ path: String, limit: Int = 1 << 20) -> [UInt8] {
    let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { return [] }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return [] }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    while bytes.count < limit {
      let count = systemRead(file, &buffer, buffer.count)
      if count <= 0 { break }
      bytes += buffer[..<count]
    }
    return bytes
  }

  private static func systemRead(_ file: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.read(file, buffer, count)
    #elseif canImport(Musl)
      Musl.read(file, buffer, count)
    #else
      Darwin.read(file, buffer, count)
    #endif
  }

  static func isReadable(_ path: String) -> Bool { access(path, R_OK) == 0 }

  /// Writes a new file, closed to others.
  ///
  /// - Returns: whether all bytes were written.
  static func create(_ path: String, _ bytes: [UInt8]) -> Bool {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { return false }
    defer { close(file) }
    return UnixSocket.writeAll(bytes, to: file)
  }
}
