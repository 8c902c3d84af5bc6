import Formats
import Synchronization

/// Splits output into lines while a command runs, and leaves out the lines of the lock and the guard on standard error.
package final class LiveLines: Sendable {
  private struct Streams {
    var rest: [Bool: [UInt8]] = [:]
    /// The guard's report, at the end of standard error, has begun.
    var isReport = false
  }

  private static let longestLine = 4096
  private let streams = Mutex(Streams())
  private let tell: @Sendable (_ line: String, _ isError: Bool) -> Void

  package init(_ tell: @escaping @Sendable (_ line: String, _ isError: Bool) -> Void) { self.tell = tell }

  package func take(_ bytes: [UInt8], isError: Bool) {
    let lines = streams.withLock { streams in
      Self.lines(adding: bytes, to: &streams.rest[isError, default: []])
        .filter { Self.isOwn($0, isError, &streams.isReport) }
    }
    for line in lines { tell(line, isError) }
  }

  /// - Parameter rest: the beginning of a line, before and after.
  private static func lines(adding bytes: [UInt8], to rest: inout [UInt8]) -> [String] {
    rest += bytes
    var lines: [String] = []
    var start = 0
    while true {
      let lineFeed = rest[start...].firstIndex(of: Byte.lineFeed)
      guard let end = lineFeed ?? (rest.count - start >= longestLine ? start + longestLine : nil) else { break }
      lines.append(String(decoding: rest[start..<end], as: UTF8.self))
      start = lineFeed == nil ? end : end + 1
    }
    rest.removeSubrange(..<start)
    return lines
  }

  /// Tells the last line of each stream if no line feed has ended the line.
  package func end() {
    for isError in [false, true] where streams.withLock({ $0.rest[isError]?.isEmpty == false }) {
      take([0x0A], isError: isError)
    }
  }

  /// Whether the line is the command's own: a line of the lock or the guard begins with a ``FrameMark/randomToken()``.
  private static func isOwn(_ line: String, _ isError: Bool, _ isReport: inout Bool) -> Bool {
    guard isError else { return true }
    let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    if words.count > 1, FrameMark.isToken(words[0]) {
      if words[1].hasPrefix("/") { isReport = true }
      if isReport || ["mine", "held", "after", "none", "lost"].contains(words[1]) { return false }
    }
    return !isReport
  }
}
