#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The program's role as ssh's proxy dialer: connects as ssh would (sshconnect.c), with ssh's own words in ssh's
/// log, and passes the connection to ssh over standard output.
package enum DialerProcess {
  /// Ends the process if ssh has started the program as a dialer. Comes before all else, since each login waits for it.
  package static func runIfAsked(_ arguments: [String]) {
    guard let request = DialRequest(Array(arguments.dropFirst())) else { return }
    _exit(run(request) ? 0 : 1)
  }

  private static func run(_ request: DialRequest) -> Bool {
    let log = open(request.log, O_WRONLY | O_APPEND | O_CLOEXEC)
    guard log >= 0, DescriptorPassing.isPossible(over: STDOUT_FILENO) else { return false }
    endWithClient()
    let say = { (line: String) in _ = UnixSocket.writeAll(Array("\(line)\r\n".utf8), to: log) }
    guard let connection = Connecting(request: request, say: say)() else { return false }
    var on: Int32 = 1
    let size = socklen_t(MemoryLayout<Int32>.size)
    setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &on, size)
    if request.keepsAlive { setsockopt(connection, SOL_SOCKET, SO_KEEPALIVE, &on, size) }
    return DescriptorPassing.send(connection, over: STDOUT_FILENO)
  }

  /// Ends the process together with ssh, which may be killed while a connection is under way.
  private static func endWithClient() {
    let watch: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { _ in
      var client = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
      while poll(&client, 1, -1) < 0, errno == EINTR {}
      _exit(1)
    }
    #if canImport(Glibc)
      var thread = pthread_t()
    #else
      var thread: pthread_t?
    #endif
    pthread_create(&thread, nil, watch, nil)
  }
}
