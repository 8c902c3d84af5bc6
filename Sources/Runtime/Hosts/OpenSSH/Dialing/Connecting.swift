import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A connection to a server, made in the way of ssh: all addresses of a name, one after the other.
struct Connecting {
  let request: DialRequest
  /// Writes a line into ssh's log.
  let say: (String) -> Void
  /// Whether names are to be looked up by another program.
  var isStatic = StaticProgram.isThis

  /// - Returns: `nil` after a failure; the log has the reason.
  func callAsFunction() -> Int32? {
    if isStatic, !DirectConnection.isAddress(request.host) {
      let found = NameService.addresses(of: request.host, request.family).compactMap { resolved($0) }
      if found.isEmpty { say(DialerLog.unknown + request.host) }
      return found.isEmpty ? nil : connection(to: found)
    }
    return resolved(request.host).map { connection(to: [$0]) } ?? nil
  }

  private func connection(to lists: [UnsafeMutablePointer<addrinfo>]) -> Int32? {
    defer { for list in lists { freeaddrinfo(list) } }
    var failure: Errno?
    for address in lists.flatMap({ sequence(first: $0, next: { $0.pointee.ai_next }) }) {
      guard let text = Self.text(of: address.pointee) else { continue }
      say("debug1: Connecting to \(request.host) [\(text)] port \(request.port).")
      do throws(Errno) {
        let connection = try connect(address.pointee)
        say("debug1: Connection established.")
        return connection
      } catch {
        say("debug1: connect to address \(text) port \(request.port): \(error)")
        failure = error
      }
    }
    say("ssh: connect to host \(request.host) port \(request.port): \(failure.map { "\($0)" } ?? "failure")")
    return nil
  }

  private func resolved(_ name: String) -> UnsafeMutablePointer<addrinfo>? {
    var hints = addrinfo()
    hints.ai_family =
      switch request.family {
      case .any: AF_UNSPEC
      case .inet: AF_INET
      case .inet6: AF_INET6
      }
    hints.ai_socktype = Self.stream
    hints.ai_flags = AI_CANONNAME
    var found: UnsafeMutablePointer<addrinfo>?
    let status = getaddrinfo(name, request.port, &hints, &found)
    if status == 0, let found { return found }
    let fault = status == EAI_SYSTEM ? strerror(errno) : UnsafeMutablePointer(mutating: gai_strerror(status))
    say("ssh: Could not resolve hostname \(request.host): \(fault.map { String(cString: $0) } ?? "failure")")
    return nil
  }

  private func connect(_ address: addrinfo) throws(Errno) -> Int32 {
    let connection = socket(address.ai_family, address.ai_socktype, address.ai_protocol)
    guard connection >= 0 else { throw Errno(rawValue: errno) }
    _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
    do throws(Errno) {
      try connect(connection, to: address)
      return connection
    } catch {
      close(connection)
      throw error
    }
  }

  private func connect(_ connection: Int32, to address: addrinfo) throws(Errno) {
    let flags = fcntl(connection, F_GETFL)
    if request.timeout > 0 { _ = fcntl(connection, F_SETFL, flags | O_NONBLOCK) }
    if connectTo(connection, address.ai_addr, address.ai_addrlen) != 0 {
      guard errno == EINPROGRESS || errno == EINTR else { throw Errno(rawValue: errno) }
      try wait(for: connection)
      var fault: Int32 = 0
      var size = socklen_t(MemoryLayout<Int32>.size)
      guard getsockopt(connection, SOL_SOCKET, SO_ERROR, &fault, &size) == 0 else { throw Errno(rawValue: errno) }
      guard fault == 0 else { throw Errno(rawValue: fault) }
    }
    _ = fcntl(connection, F_SETFL, flags)
  }

  private func wait(for connection: Int32) throws(Errno) {
    let end = ContinuousClock.now + .seconds(request.timeout)
    while true {
      let rest = (end - ContinuousClock.now).components
      let milliseconds = rest.seconds * 1000 + rest.attoseconds / 1_000_000_000_000_000
      var state = pollfd(fd: connection, events: Int16(POLLIN | POLLOUT), revents: 0)
      let count = poll(&state, 1, request.timeout == 0 ? -1 : Int32(clamping: max(0, milliseconds)))
      if count > 0 { return }
      if count == 0 { throw .timedOut }
      guard errno == EINTR else { throw Errno(rawValue: errno) }
    }
  }

  private static func text(of address: addrinfo) -> String? {
    guard address.ai_family == AF_INET || address.ai_family == AF_INET6 else { return nil }
    var name = [CChar](repeating: 0, count: 1025)
    let size = socklen_t(name.count)
    guard getnameinfo(address.ai_addr, address.ai_addrlen, &name, size, nil, 0, NI_NUMERICHOST) == 0 else { return nil }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  #if canImport(Glibc)
    private static let stream = Int32(SOCK_STREAM.rawValue)
  #else
    private static let stream = SOCK_STREAM
  #endif
}

// Outside the type, whose own method would hide the system's function.
private func connectTo(_ socket: Int32, _ address: UnsafePointer<sockaddr>?, _ size: socklen_t) -> Int32 {
  address.map { connect(socket, $0, size) } ?? -1
}
