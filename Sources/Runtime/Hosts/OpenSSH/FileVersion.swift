#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The version of a file on this computer.
struct FileVersion: Sendable, Hashable {
  let path: String
  /// Empty for a missing file.
  private let marks: [Int]

  init(_ path: String) {
    self.path = path
    marks = Self.marks(path)
  }

  /// Whether the file is still the same.
  var isCurrent: Bool { Self.marks(path) == marks }

  private static func marks(_ path: String) -> [Int] {
    var status = stat()
    guard stat(path, &status) == 0 else { return [] }
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    return [Int(truncatingIfNeeded: status.st_ino), Int(status.st_size), Int(time.tv_sec), Int(time.tv_nsec)]
  }
}
