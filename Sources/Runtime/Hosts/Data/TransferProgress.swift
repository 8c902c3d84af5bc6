import Synchronization

/// Reports how much of a transfer is done, about twice a second.
package final class TransferProgress: Sendable, Hashable {
  private let report: @Sendable (_ done: Int, _ all: Int) -> Void
  private let last: Mutex<ContinuousClock.Instant>
  private static let pause = Duration.milliseconds(500)

  package init(_ report: @escaping @Sendable (_ done: Int, _ all: Int) -> Void) {
    self.report = report
    last = Mutex(.now)
  }

  func moved(to done: Int, of all: Int) {
    let isDue = last.withLock { last in
      guard done == all || .now - last >= Self.pause else { return false }
      last = .now
      return true
    }
    if isDue { report(done, all) }
  }

  package static func == (one: TransferProgress, other: TransferProgress) -> Bool { one === other }
  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
