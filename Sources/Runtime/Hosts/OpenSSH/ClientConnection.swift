#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The TCP connections of an `ssh`, as Linux tells them. An `ssh` that waits for an answer does not notice their end.
enum ClientConnection {
  private static let closeWait: Substring = "08"

  /// Whether the other side has closed a connection of the process; `false` where only the process could tell.
  static func isClosedByServer(of process: Int32) -> Bool {
    let sockets = sockets(of: process)
    guard !sockets.isEmpty else { return false }
    return ["tcp", "tcp6"].contains { table in
      String(decoding: LocalFile.read("/proc/\(process)/net/\(table)"), as: UTF8.self).split(separator: "\n")
        .contains { line in
          let fields = line.split(separator: " ")
          return fields.count > 9 && fields[3] == closeWait && sockets.contains(fields[9])
        }
    }
  }

  /// The inodes of the process's sockets.
  private static func sockets(of process: Int32) -> Set<Substring> {
    let folder = "/proc/\(process)/fd"
    return Set(LocalFile.names(in: folder).compactMap { inode(of: "\(folder)/\($0)") })
  }

  /// `4711` of a link to `socket:[4711]`.
  private static func inode(of link: String) -> Substring? {
    var buffer = [CChar](repeating: 0, count: 64)
    let count = readlink(link, &buffer, buffer.count)
    guard count > 0 else { return nil }
    let target = String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
    guard target.hasPrefix("socket:[") else { return nil }
    return target.dropFirst("socket:[".count).dropLast()
  }
}
