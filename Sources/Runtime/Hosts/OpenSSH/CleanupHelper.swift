import Scripts
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Cleans up for this process after a kill, a crash or a second Ctrl-C.
///
/// An `ssh` with a terminal on the host outlives the process that started it, together with root's shell there. So a
/// small `sh` holds the other end of a pipe. When the pipe closes, the helper ends the connections still open and
/// removes their directories.
enum CleanupHelper {
  private static let pipe = Mutex<Int32?>(nil)

  /// Announces a directory to the helper. Must precede the creation of the directory.
  static func expect(_ directory: String) { tell("+\(directory)\n") }

  static func forget(_ directory: String) { tell("-\(directory)\n") }

  private static func tell(_ line: String) {
    _ = SilentPipes.ready
    pipe.withLock { pipe in
      if pipe == nil { pipe = start() }
      if let pipe { _ = UnixSocket.writeAll(Array(line.utf8), to: pipe) }
    }
  }

  /// The stream is never closed on purpose: the end of the stream tells the helper of this process's end.
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
