#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A directory of mode 0700 for one connection's control socket, askpass socket and log.
struct PrivateDirectory: Sendable {
  let path: String

  /// The longest control path that ssh can bind: `sun_path` less the 17 characters of its temporary suffix and the
  /// NUL. macOS has 104 bytes there, Linux 108.
  #if canImport(Darwin)
    static let longestSocketPath = 86
  #else
    static let longestSocketPath = 90
  #endif

  /// - Throws: ``HostError/client(_:)`` when none can be made.
  init(environment: (String) -> String? = { getenv($0).map { String(cString: $0) } }) throws {
    let candidates = [environment("XDG_RUNTIME_DIR"), "/tmp"].compactMap { $0 }
    for base in candidates where Self.isFit(base) {
      // Not mkdtemp: whoever cleans up behind us must know the name before the directory is there.
      for _ in 0..<100 {
        let path = base + "/sshr." + FrameMark.randomToken().prefix(Self.nameLength)
        CleanupHelper.expect(path)
        if mkdir(path, 0o700) == 0 {
          self.path = path
          return
        }
        let isTaken = errno == EEXIST
        CleanupHelper.forget(path)
        guard isTaken else { break }
      }
    }
    throw HostError.client(
      "no private directory for ssh's control socket could be made in \(candidates.joined(separator: " or "))")
  }

  /// In hexadecimal digits, after the fixed part of the name.
  private static let nameLength = 8

  /// Short enough for a socket, and one word for every program that has to name it.
  private static func isFit(_ base: String) -> Bool {
    base.hasPrefix("/") && base.utf8.count + 26 <= longestSocketPath
      && base.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-".contains($0)) }
  }

  var controlSocket: String { path + "/c" }
  var askpassSocket: String { path + "/a" }
  var log: String { path + "/log" }

  func read(_ file: String) -> [UInt8] {
    guard let handle = fopen(file, "r") else { return [] }
    defer { fclose(handle) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    while bytes.count < 1 << 20 {
      let count = fread(&buffer, 1, buffer.count, handle)
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return bytes
  }

  /// Only what was put there: nothing is removed by a pattern.
  func remove() {
    for file in [controlSocket, askpassSocket, log] { unlink(file) }
    rmdir(path)
    CleanupHelper.forget(path)
  }
}
