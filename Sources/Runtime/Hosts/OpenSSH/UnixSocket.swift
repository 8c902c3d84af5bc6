#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Stream sockets with a path. All calls are plain system calls on descriptors closed by the caller.
enum UnixSocket {
  static func connect(to path: String) -> Int32? {
    opened(path) { connectTo($0, $1, $2) }
  }

  /// Connects without waiting for a listener whose queue is full.
  ///
  /// - Returns: `nil` if there is no listener; `isBusy` if the queue is full.
  static func connectAtOnce(to path: String) -> (descriptor: Int32?, isBusy: Bool)? {
    var isBusy = false
    let descriptor = opened(path) { socket, address, size in
      guard fcntl(socket, F_SETFL, O_NONBLOCK) == 0 else { return -1 }
      let result = connectTo(socket, address, size)
      isBusy = result != 0 && errno == EAGAIN
      return result
    }
    return descriptor == nil && !isBusy ? nil : (descriptor, isBusy)
  }

  /// - Parameter path: in a directory closed to others. There is no umask for the socket itself, since other threads
  ///   create directories at the same time.
  /// - Returns: a non-blocking socket of mode 0600.
  static func listen(at path: String) -> Int32? {
    guard let descriptor = opened(path, { bindTo($0, $1, $2) }) else { return nil }
    guard chmod(path, 0o600) == 0, listenOn(descriptor) == 0, fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0 else {
      close(descriptor)
      return nil
    }
    return descriptor
  }

  static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        return false
      }
      rest = rest.dropFirst(count)
    }
    return true
  }

  static func readAll(from descriptor: Int32, limit: Int = 64 << 10) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while bytes.count < limit {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
      bytes += buffer[..<count]
    }
    return bytes
  }

  private static func opened(
    _ path: String, _ use: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32? {
    #if canImport(Glibc)
      let kind = Int32(SOCK_STREAM.rawValue)
    #else
      let kind = SOCK_STREAM
    #endif
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let descriptor = socket(AF_UNIX, kind, 0)
    guard descriptor >= 0, fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else { return nil }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { use(descriptor, $0, size) }
    }
    guard result == 0 else {
      close(descriptor)
      return nil
    }
    return descriptor
  }
}

// Outside the type, whose own method names would hide the system's functions.
private func connectTo(_ socket: Int32, _ address: UnsafePointer<sockaddr>, _ size: socklen_t) -> Int32 {
  connect(socket, address, size)
}
private func bindTo(_ socket: Int32, _ address: UnsafePointer<sockaddr>, _ size: socklen_t) -> Int32 {
  bind(socket, address, size)
}
private func listenOn(_ socket: Int32) -> Int32 { listen(socket, 8) }
