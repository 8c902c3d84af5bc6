import Synchronization

/// Reads what git says on standard error while it works: progress, which ends in carriage returns, and complaints.
final class GitListener: Sendable {
  private struct State {
    var rest: [UInt8] = []
    var lines: [String] = []
    /// What the next line would be written over, if it is not over.
    var overwritten: String?
    var heard = ContinuousClock.now
    var isGivenUp = false
  }

  /// Enough for git's last words; a server can send as much as it likes.
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

  /// How long git has said nothing.
  var silence: Duration { state.withLock { ContinuousClock.now - $0.heard } }

  /// Notes that it is ended for its silence.
  func giveUp() { state.withLock { $0.isGivenUp = true } }
  var isGivenUp: Bool { state.withLock { $0.isGivenUp } }

  /// - Returns: the complaints, oldest first.
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
      // What a server says is padded with blanks, to cover the line before it.
      while state.rest.last == 0x20 { state.rest.removeLast() }
      let line = String(decoding: state.rest, as: UTF8.self)
      state.rest = []
      if line.isEmpty {
        // ssh ends its lines in both.
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

  /// The last word of a progress line ends in a newline as well: `Receiving objects: 100% (5/5), done.`
  /// What the other side says is padded with spaces.
  private static func isProgress(_ line: String) -> Bool {
    let bare = String(line.reversed().drop { $0 == " " }.reversed())
    return bare.hasSuffix(", done.") || line.hasPrefix("From ") || line.hasPrefix("remote: Total ")
  }
}
