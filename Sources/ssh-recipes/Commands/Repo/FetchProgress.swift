import Synchronization

/// Shows git's progress during a fetch: on a terminal as a single redrawn line, elsewhere as a line every few seconds.
final class FetchProgress: Sendable {
  private struct State {
    var began = ContinuousClock.now
    var lastLine: ContinuousClock.Instant?
    var isShown = false
  }

  private let source: String
  private let stream: TextStream
  private let width: Int?
  private let state = Mutex(State())
  /// Shorter fetches print nothing.
  private static let delay = Duration.seconds(2)
  private static let interval = Duration.seconds(10)

  init(source: String, stream: TextStream = .standardError, descriptor: Int32 = 2) {
    self.source = source
    self.stream = stream
    width = TerminalFacts.isTerminal(descriptor) ? TerminalFacts.size(descriptor).columns : nil
  }

  func take(_ line: String) {
    let text = "\(source.visible): \(line.visible)"
    state.withLock { state in
      if let width {
        state.isShown = true
        stream.write("\r\u{1B}[K" + text.prefix(width - 1))
      } else {
        let now = ContinuousClock.now
        guard now - (state.lastLine ?? state.began) > (state.lastLine == nil ? Self.delay : Self.interval) else {
          return
        }
        state.lastLine = now
        stream.line(text)
      }
    }
  }

  /// Clears the line.
  func finish() {
    state.withLock { state in
      if state.isShown { stream.write("\r\u{1B}[K") }
      state.isShown = false
    }
  }
}
