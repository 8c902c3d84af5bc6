#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Turns SIGPIPE off: writing to a shell that has just died must be an error, not the end of this process.
enum SilentPipes {
  /// Subprocess resets the disposition in its children, so that pipelines there end as usual.
  static let ready: Void = {
    _ = signal(SIGPIPE, SIG_IGN)
  }()
}
