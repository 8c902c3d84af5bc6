#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Small buffers for a process's output. For each stream, Subprocess keeps a buffer of the pipe's size while it waits:
/// 64 KiB, four times a host.
enum SmallBuffers {
  /// Makes the pipe of a stream small for the time of `body`, which looks at the pipe's size. The pipe itself should stay
  /// large: output of many megabytes would take longer.
  ///
  /// - Parameters:
  ///   - descriptor: the stream's number in the process.
  ///   - process: a child that has not ended; without effect for any other.
  ///   - size: in bytes.
  static func whileSmall<Result>(
    _ descriptor: Int32, of process: Int32, size: Int32, _ body: () -> Result
  ) -> Result {
    #if os(Linux)
      let end = open("/proc/\(process)/fd/\(descriptor)", O_WRONLY | O_NONBLOCK | O_CLOEXEC)
      guard end >= 0 else { return body() }
      defer { close(end) }
      let before = fcntl(end, getSize)
      guard before > size, fcntl(end, setSize, size) >= 0 else { return body() }
      defer { _ = fcntl(end, setSize, before) }
      return body()
    #else
      return body()
    #endif
  }

  /// `F_SETPIPE_SZ` and `F_GETPIPE_SZ`, which Swift does not import.
  private static let setSize: Int32 = 1031
  static let getSize: Int32 = 1032
}
