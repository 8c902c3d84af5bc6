/// The gates that a change of sshd's configuration goes through, in their order. A failure names the one that stopped
/// the change.
package enum Gate: String, Sendable, Hashable, CaseIterable {
  /// The edit itself: where it counts, and only in files that are ours to edit.
  case edit
  /// `sshd -t` and `sshd -T` judge the candidate.
  case check
  /// A login to a second sshd, which runs with the candidate and listens on no port.
  case rehearsal
  /// The watchdog that restores the files where nothing else can.
  case watchdog
  /// sshd has read the files, and a new login works.
  case proof
}

extension Failure {
  /// The same failure, stopped at a gate; one that has a gate already keeps it.
  package func at(_ gate: Gate) -> Failure {
    var failure = self
    failure.gate = failure.gate ?? gate
    return failure
  }
}
