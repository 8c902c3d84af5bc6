import Synchronization

/// Lets the answers to a login's questions end the login that asks them, which comes into being after them.
final class WeakShell: Sendable {
  private struct Reference { weak var shell: FramedShell? }
  private let reference = Mutex(Reference())

  var shell: FramedShell? {
    get { reference.withLock { $0.shell } }
    set { reference.withLock { $0.shell = newValue } }
  }
}
