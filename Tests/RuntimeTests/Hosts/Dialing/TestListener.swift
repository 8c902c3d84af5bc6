import Foundation
import TestSupport

/// A port on loopback.
final class TestListener: Sendable {
  enum Kind {
    /// Accepts connections, and says nothing.
    case silent
    /// Has no room for further connections, which get no answer.
    case full
  }

  let port: Int
  private let sockets: [Int32]

  init(_ kind: Kind = .silent) throws {
    let listener = Self.socket()
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    var sockets = [listener]
    let status = withUnsafeMutablePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        guard bind(listener, address, size) == 0, getsockname(listener, address, &size) == 0 else { return Int32(-1) }
        let status = listen(listener, kind == .full ? 0 : 8)
        for _ in 0..<(kind == .full ? 4 : 0) {
          sockets.append(Self.socket())
          _ = fcntl(sockets[sockets.count - 1], F_SETFL, O_NONBLOCK)
          _ = connect(sockets[sockets.count - 1], address, size)
        }
        return status
      }
    }
    self.sockets = sockets
    port = Int(UInt16(bigEndian: address.sin_port))
    guard status == 0 else { throw CocoaError(.fileWriteUnknown) }
  }

  deinit { for socket in sockets { close(socket) } }

  /// Waits for a connection, and takes it.
  func accepted() -> Int32 {
    let connection = accept(sockets[0], nil, nil)
    _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
    return connection
  }

  private static func socket() -> Int32 {
    #if canImport(Glibc)
      let descriptor = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let descriptor = Foundation.socket(AF_INET, SOCK_STREAM, 0)
    #endif
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return descriptor
  }
}
