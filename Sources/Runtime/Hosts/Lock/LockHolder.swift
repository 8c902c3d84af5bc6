/// The holder of a lock: a run, as recorded in the lock. Any process of the account can have written the record.
package struct LockHolder: Sendable, Hashable {
  package var run: String
  /// `me@desk.local`.
  var who: String
  /// The start in seconds of the host's clock; `nil` on hosts without a clock.
  var since: Int?
  /// The process on the host with the lock.
  var process: Int?
  /// The start of the process; no other process with this number has the same.
  var birth = ""

  /// - Parameter text: `RUN:USER:SECONDS:PROCESS:BIRTH`; see `take-lock.sh`.
  init(_ text: some StringProtocol) {
    let fields = String(text).split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    run = fields.first ?? ""
    who = fields.count > 1 ? fields[1] : ""
    since = fields.count > 2 ? Int(fields[2]).flatMap { $0 >= 0 ? $0 : nil } : nil
    // Not 0, 1 or less: `kill` would reach other processes, and the error names a command with this number.
    process = fields.count > 3 ? Int(fields[3]).flatMap { $0 > 1 ? $0 : nil } : nil
    birth = fields.count > 4 ? fields[4] : ""
  }

  /// Whether the run is of the same user on the same computer.
  package var isOwn: Bool { who == Effective.userAtHost }

  /// `20261121-080102-abc, from me@desk.local, since 3 minutes`.
  ///
  /// - Parameter now: the host's clock; if the clock has gone back, the text has no duration.
  package func text(now: Int?) -> String {
    var parts = [run]
    if !who.isEmpty { parts.append("from \(who)") }
    if let since, let now, now >= since { parts.append("since \(Self.span(now - since))") }
    return parts.joined(separator: ", ")
  }

  private static func span(_ seconds: Int) -> String {
    let (count, unit) =
      seconds < 60 ? (seconds, "second") : seconds < 7200 ? (seconds / 60, "minute") : (seconds / 3600, "hour")
    return "\(count) \(unit)\(count == 1 ? "" : "s")"
  }
}
