import Dispatch

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The descriptor that signal handlers write to, which they can reach only as a global. Set once, before they are installed.
nonisolated(unsafe) private var wakeDescriptor: Int32 = -1

/// Ctrl-C and other signals: the first asks the run to stop in order, the second ends the program.
enum Signals {
  /// Undoes three settings that a parent process may pass on: an ignored SIGCHLD, with which no child's exit status can
  /// be read; blocked signals, with which a shell waits for the children for ever; and closed standard streams, whose
  /// descriptors the next pipe would take.
  static func forgetInherited() {
    for descriptor in Int32(0)...2 where fcntl(descriptor, F_GETFD) == -1 { _ = open("/dev/null", O_RDWR) }
    signal(SIGCHLD, SIG_DFL)
    var none = sigset_t()
    sigemptyset(&none)
    sigprocmask(SIG_SETMASK, &none, nil)
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    #if canImport(Darwin)
      let handler = action.__sigaction_u.__sa_handler
    #else
      let handler = action.__sigaction_handler.sa_handler
    #endif
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// The closing line of a command cancelled before its start. Computed, since a signal handler must not wait for
  /// the initialization of a stored property.
  static var cancelledBeforeStart: StaticString { "Cancelled: nothing was changed." }

  /// Ends the program on a signal with the closing line of a command that has not begun, until ``watch`` is called.
  static func endBeforeStart() {
    for number in ending where !isIgnored(number) {
      signal(number) { _ in
        var lineEnd = UInt8(ascii: "\n")
        let text = Signals.cancelledBeforeStart
        _ = write(STDERR_FILENO, &lineEnd, 1)
        _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
        _ = write(STDERR_FILENO, &lineEnd, 1)
        _exit(130)
      }
    }
  }

  private static let ending = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

  /// Calls `first` on the first signal. On the second, calls `last` and exits with 128 plus the signal's number.
  ///
  /// Installs handlers instead of `SIG_IGN`, because child processes such as `ssh` inherit ignored signals. A signal
  /// that is ignored from the start stays ignored: so `nohup` lets a run go on.
  static func watch(
    _ signals: [Int32] = ending, first: @escaping @Sendable () -> Void,
    last: @escaping @Sendable () -> Void
  ) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let source = ends[0]
    wakeDescriptor = ends[1]
    // A reader that exits early, as in `| head`, must not kill the program in the middle of a change.
    signal(SIGPIPE) { _ in }
    for number in signals where !isIgnored(number) {
      signal(number) { number in
        let before = errno
        defer { errno = before }
        var byte = UInt8(truncatingIfNeeded: number)
        _ = write(wakeDescriptor, &byte, 1)
      }
    }
    DispatchQueue(label: "ssh-recipes.signals").async {
      var isFirst = true
      var byte: UInt8 = 0
      while true {
        let count = read(source, &byte, 1)
        if count < 0, errno == EINTR { continue }
        guard count == 1 else { return }
        if isFirst {
          isFirst = false
          first()
        } else {
          last()
          _exit(128 + Int32(byte))
        }
      }
    }
  }
}
