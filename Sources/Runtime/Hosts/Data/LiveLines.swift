import Synchronization

/// Splits output into lines as it comes, without the lines that the lock and the guard add to standard error.
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
    let lines = streams.withLock { streams -> [String] in
      var rest = (streams.rest[isError] ?? []) + bytes
      var lines: [String] = []
      var start = 0
      while let end = rest[start...].firstIndex(of: 0x0A) ?? longEnd(rest, start) {
        lines.append(String(decoding: rest[start..<end], as: UTF8.self))
        start = rest.indices.contains(end) && rest[end] == 0x0A ? end + 1 : end
      }
      rest.removeSubrange(..<start)
      streams.rest[isError] = rest
      return lines.filter { Self.isOwn($0, isError, &streams.isReport) }
    }
    for line in lines { tell(line, isError) }
  }

  /// Tells the last lines, which have no line feed.
  package func end() {
    for isError in [false, true] where streams.withLock({ $0.rest[isError]?.isEmpty == false }) {
      take([0x0A], isError: isError)
    }
  }

  private func longEnd(_ bytes: [UInt8], _ start: Int) -> Int? {
    bytes.count - start >= Self.longestLine ? start + Self.longestLine : nil
  }

  /// Whether the line is the command's own: those of the lock and the guard begin with a ``FrameMark/randomToken()``.
  private static func isOwn(_ line: String, _ isError: Bool, _ isReport: inout Bool) -> Bool {
    guard isError else { return true }
    let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    if words.count > 1, words[0].utf8.count == 16, words[0].allSatisfy({ $0.isHexDigit && !$0.isUppercase }) {
      if words[1].hasPrefix("/") { isReport = true }
      if isReport || ["mine", "held", "after", "none", "lost"].contains(words[1]) { return false }
    }
    return !isReport
  }
}
