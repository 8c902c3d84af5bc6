import Diagnosis

extension Failure {
  /// The failure for an account without a home directory. The platform's instructions for the device, if any, are the
  /// first hint.
  package static func noHome(_ facts: Facts) -> Failure {
    var failure = Failure(
      .absent, Diagnosis(.noHome, ["path": facts.home, "user": facts.user], paths: [facts.home]))
    if let clicks = facts.platform.clicks["homes_off"] { failure.fix.insert(clicks, at: 0) }
    return failure
  }
}
