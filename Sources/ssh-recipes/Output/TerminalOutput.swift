import Runs
import Synchronization

/// A display that stands still while a prompt is on the screen.
protocol PausableDisplay: Sendable {
  func pause()
  func resume()
  /// Writes the output held back by a prompt that is still on the screen at the end of the run.
  func end()
}

/// Output on a terminal: lasting lines, and below them the live status, redrawn ten times a second.
final class TerminalOutput: EventSink, PausableDisplay {
  private struct State {
    var narrator: Narrator
    var live = LiveStatus()
    /// The number of live lines on the screen, which are cleared before anything else is written.
    var drawn = 0
    var frame = 0
    var pauses = 0
  }

  private static let spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]
  private let stream: TextStream
  private let gate = OutputGate()
  private let style: Style
  private let hasLiveLines: Bool
  private let size: @Sendable () -> (columns: Int, rows: Int)
  private let state: Mutex<State>
  private let ticking = Mutex<Task<Void, Never>?>(nil)

  init(
    stream: TextStream, style: Style, detail: Narrator.Detail,
    size: @escaping @Sendable () -> (columns: Int, rows: Int)
  ) {
    self.stream = gate.gated(stream)
    self.style = style
    self.size = size
    hasLiveLines = detail > .quiet
    state = Mutex(State(narrator: Narrator(style: style, detail: detail, hasMarks: true)))
  }

  func receive(_ event: Event) {
    if case .started = event { startTicking() }
    state.withLock { state in
      state.narrator.width = size().columns
      let lines = state.narrator.lines(for: event)
      state.live.take(event, at: .now)
      // Redrawing for every event would cost more than the work itself; the next tick shows actions that have begun.
      guard !lines.isEmpty || isEnd(event) else { return }
      let width = max(20, size().columns)
      let wrapped = lines.flatMap { $0.isFixed ? [$0.text] : WordWrap.lines($0.text, width: width) }
      let text = Self.cleared(&state) + wrapped.map { $0 + "\n" }.joined()
      stream.write(text + drawn(&state))
    }
    if isEnd(event) { ticking.withLock { $0?.cancel() } }
  }

  func pause() {
    state.withLock { state in
      state.pauses += 1
      stream.write(Self.cleared(&state))
    }
    gate.pause()
  }

  func resume() {
    gate.resume()
    state.withLock { $0.pauses -= 1 }
  }

  func end() { gate.end() }

  private func isEnd(_ event: Event) -> Bool { if case .finished = event { true } else { false } }

  private func startTicking() {
    guard hasLiveLines else { return }
    let task = Task { [weak self] in
      while !Task.isCancelled {
        try? await Task.sleep(for: .milliseconds(100))
        guard !Task.isCancelled, let self else { return }
        self.tick()
      }
    }
    ticking.withLock { $0 = task }
  }

  private func tick() {
    state.withLock { state in
      guard state.pauses == 0 else { return }
      state.frame += 1
      let text = Self.cleared(&state) + drawn(&state)
      if !text.isEmpty { stream.write(text) }
    }
  }

  /// Clears the live lines, and leaves the cursor where the next lasting line goes.
  private static func cleared(_ state: inout State) -> String {
    defer { state.drawn = 0 }
    return state.drawn > 0 ? "\u{1B}[\(state.drawn)A\r\u{1B}[J" : ""
  }

  private func drawn(_ state: inout State) -> String {
    guard hasLiveLines, state.pauses == 0 else { return "" }
    let size = size()
    let lines = state.live.lines(
      width: size.columns, height: min(12, size.rows - 4), spinner: Self.spinner[state.frame % Self.spinner.count],
      now: .now)
    state.drawn = lines.count
    return lines.map { style.cyan($0) + "\n" }.joined()
  }
}
