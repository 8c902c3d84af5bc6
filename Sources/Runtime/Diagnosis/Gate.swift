/// The gates for a change of sshd's configuration, in order. A failure names the gate that refused the change.
public enum Gate: String, Sendable, Hashable, CaseIterable {
  /// The edit of the line that wins. A configuration under a vendor's own tools is refused.
  case edit
  /// `sshd -t` and `sshd -T` judge the candidate.
  case check
  /// A login to a second sshd, running the candidate without a listening port.
  case rehearsal
  /// The watchdog on the host, to restore the files if the connection is lost.
  case watchdog
  /// A reload of sshd, and a new login.
  case proof
}

extension Failure {
  /// The same failure at a gate. A failure with a gate keeps its own.
  package func at(_ gate: Gate) -> Failure {
    var failure = self
    failure.gate = failure.gate ?? gate
    return failure
  }
}
