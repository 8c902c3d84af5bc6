import Synchronization

/// A weak reference to a login's shell, so that the login's prompts, created before the shell, can end the login.
final class WeakShell: Sendable {
  private struct Reference { weak var shell: FramedShell? }
  private let reference = Mutex(Reference())

  var shell: FramedShell? {
    get { reference.withLock { $0.shell } }
    set { reference.withLock { $0.shell = newValue } }
  }
}
