import Subprocess
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// An `ssh` under way, for those who tell it apart from others, or end it.
final class ClientProcess: Sendable {
  private let number = Mutex<Int32?>(nil)

  /// `nil` before the start and after the end.
  var id: Int32? {
    get { number.withLock { $0 } }
    set { number.withLock { $0 = newValue } }
  }

  func end() {
    number.withLock { if let id = $0 { _ = kill(id, SIGTERM) } }
  }
}

extension PlatformOptions {
  /// Of an `ssh` for a login: apart from the signals of the user's terminal, and ended with the task.
  static var client: PlatformOptions {
    var options = PlatformOptions()
    options.createSession = true
    options.teardownSequence = [.send(signal: .terminate, allowedDurationToNextStep: .milliseconds(500))]
    return options
  }
}
