import Diagnosis

extension Failure {
  /// The failure for a file that the account cannot look at: whether it exists is not known.
  ///
  /// - Parameter why: the message of `ls`.
  init(hidden path: String, why: String, as account: Account) {
    self.init(
      .denied, "whether \(path) is there cannot be seen by this account", seen: why.isEmpty ? [] : [why],
      fix: account == .root ? [] : ["do it as root: root = true"], paths: [path])
  }
}
