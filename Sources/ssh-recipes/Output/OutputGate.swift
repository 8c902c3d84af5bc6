import Synchronization

/// Holds output back while a prompt is on the screen, so that the prompt stays the last line until answered.
final class OutputGate: PausableDisplay {
  private struct State {
    var pauses = 0
    var held: [(stream: TextStream, text: String)] = []
  }

  private let state = Mutex(State())

  /// A stream waiting for the gate.
  func gated(_ stream: TextStream) -> TextStream {
    TextStream { text in
      self.state.withLock { state in
        if state.pauses > 0 { state.held.append((stream, text)) } else { stream.write(text) }
      }
    }
  }

  func pause() { state.withLock { $0.pauses += 1 } }

  func resume() {
    state.withLock { state in
      state.pauses -= 1
      guard state.pauses == 0 else { return }
      Self.release(&state)
    }
  }

  func end() { state.withLock { Self.release(&$0) } }

  private static func release(_ state: inout State) {
    for (stream, text) in state.held { stream.write(text) }
    state.held = []
  }
}
