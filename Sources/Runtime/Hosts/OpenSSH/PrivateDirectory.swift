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

  /// The longest control path that ssh can bind: `sun_path` less the 17 characters of its temporary suffix and the NUL.
  /// The size is 104 bytes on macOS, 108 on Linux.
  #if canImport(Darwin)
    static let longestSocketPath = 86
  #else
    static let longestSocketPath = 90
  #endif

  /// - Throws: ``HostError/client(_:)`` when no directory can be made.
  init(environment: (String) -> String? = { getenv($0).map { String(cString: $0) } }) throws {
    let candidates = [environment("XDG_RUNTIME_DIR"), "/tmp"].compactMap { $0 }
    for base in candidates where Self.isFit(base) {
      // Not mkdtemp: the cleanup helper must know the name before the directory exists.
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

  /// Hexadecimal digits after the fixed part of the name.
  private static let nameLength = 8

  /// Whether the path is short enough for a socket, and a single word to every program that reads it.
  private static func isFit(_ base: String) -> Bool {
    base.hasPrefix("/") && base.utf8.count + 26 <= longestSocketPath
      && base.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-".contains($0)) }
  }

  var controlSocket: String { path + "/c" }
  var askpassSocket: String { path + "/a" }
  var log: String { path + "/log" }
  /// A public half, for `-i`; the private half is in an agent.
  var publicKey: String { path + "/key.pub" }
  /// The host keys accepted in a plan.
  var knownHosts: String { path + "/known_hosts" }
  /// The client's configuration for a plan.
  var config: String { path + "/config" }
  var newConfig: String { path + "/config.new" }

  func read(_ file: String) -> [UInt8] { LocalFile.read(file) }

  /// The log of ssh, without lines about the dialer.
  var clientLog: [UInt8] { DialerLog(read(log)).withoutDialer }
  var clientText: String { String(decoding: clientLog, as: UTF8.self) }

  /// Removes only the files created here, by name and not by a pattern.
  func remove() {
    for file in [controlSocket, askpassSocket, log, publicKey, knownHosts, config, newConfig] { unlink(file) }
    rmdir(path)
    CleanupHelper.forget(path)
  }
}
