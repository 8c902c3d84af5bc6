import Diagnosis

extension Failure {
  /// The account's home is not there: what a person clicks on such a device goes first.
  package static func noHome(_ facts: Facts) -> Failure {
    var failure = Failure(
      .absent, Diagnosis(.noHome, ["path": facts.home, "user": facts.user], paths: [facts.home]))
    if let clicks = facts.platform.clicks["homes_off"] { failure.fix.insert(clicks, at: 0) }
    return failure
  }
}
