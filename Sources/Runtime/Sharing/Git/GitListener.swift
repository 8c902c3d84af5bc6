import Synchronization

/// Reads git's standard error during a call: progress, which ends in carriage returns, and messages.
final class GitListener: Sendable {
  private struct State {
    var rest: [UInt8] = []
    var lines: [String] = []
    /// The last line, if the next line would overwrite it.
    var overwritten: String?
    var heard = ContinuousClock.now
    var isGivenUp = false
  }

  /// Enough for git's last messages; a server can send any number.
  private static let keptLines = 20
  private static let longestLine = 1000

  private let progress: Git.Progress?
  private let state = Mutex(State())

  init(_ progress: Git.Progress?) { self.progress = progress }

  func take(_ bytes: UnsafeRawBufferPointer) {
    let lines = state.withLock { state in
      state.heard = .now
      return Self.lines(adding: bytes, to: &state)
    }
    for line in lines { progress?(line) }
  }

  /// The time since git's last output.
  var silence: Duration { state.withLock { ContinuousClock.now - $0.heard } }

  /// Notes that git is stopped for its silence.
  func giveUp() { state.withLock { $0.isGivenUp = true } }
  var isGivenUp: Bool { state.withLock { $0.isGivenUp } }

  /// - Returns: the messages, oldest first.
  func finish() -> [String] {
    state.withLock { state in
      if !state.rest.isEmpty { Self.keep(String(decoding: state.rest, as: UTF8.self), isProgress: false, &state) }
      state.rest = []
      return state.lines
    }
  }

  private static func lines(adding bytes: UnsafeRawBufferPointer, to state: inout State) -> [String] {
    var lines: [String] = []
    for byte in bytes {
      guard byte == 0x0A || byte == 0x0D else {
        state.overwritten = nil
        if state.rest.count < longestLine { state.rest.append(byte) }
        continue
      }
      // git pads a server's messages with blanks, to cover the line before.
      while state.rest.last == 0x20 { state.rest.removeLast() }
      let line = String(decoding: state.rest, as: UTF8.self)
      state.rest = []
      if line.isEmpty {
        // ssh ends its lines with both.
        if byte == 0x0A, let line = state.overwritten { keep(line, isProgress: isProgress(line), &state) }
        continue
      }
      lines.append(line)
      if byte == 0x0D { state.overwritten = line } else { keep(line, isProgress: isProgress(line), &state) }
    }
    return lines
  }

  private static func keep(_ line: String, isProgress: Bool, _ state: inout State) {
    guard !isProgress else { return }
    state.lines.append(line)
    if state.lines.count > keptLines { state.lines.removeFirst() }
  }

  /// The last progress line ends in a newline as well: `Receiving objects: 100% (5/5), done.` git pads a server's
  /// messages with blanks.
  private static func isProgress(_ line: String) -> Bool {
    let bare = String(line.reversed().drop { $0 == " " }.reversed())
    return bare.hasSuffix(", done.") || line.hasPrefix("From ") || line.hasPrefix("remote: Total ")
  }
}
