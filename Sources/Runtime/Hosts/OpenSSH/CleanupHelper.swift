import Scripts
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Cleans up after this process when it cannot do so itself: killed, crashed, ended by a second Ctrl-C.
///
/// An `ssh` with a terminal on the other side outlives whoever started it, and root's shell there with it. So a small
/// `sh` holds the other end of a pipe, and when that closes it ends the connections that are still open and removes
/// their directories.
enum CleanupHelper {
  private static let pipe = Mutex<Int32?>(nil)

  /// To be told of a directory before it is there.
  static func expect(_ directory: String) { tell("+\(directory)\n") }

  static func forget(_ directory: String) { tell("-\(directory)\n") }

  private static func tell(_ line: String) {
    _ = SilentPipes.ready
    pipe.withLock { pipe in
      if pipe == nil { pipe = start() }
      if let pipe { _ = UnixSocket.writeAll(Array(line.utf8), to: pipe) }
    }
  }

  /// The stream is never closed by us: that it closes is the message.
  private static func start() -> Int32? {
    #if canImport(Darwin)
      let mode = "w"
    #else
      let mode = "we"
    #endif
    guard let stream = popen(ShellScripts.cleanUp, mode) else { return nil }
    let descriptor = fileno(stream)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return descriptor
  }
}
