import Diagnosis

extension Failure {
  /// The failure for a file hidden from the account: the file may exist or not.
  ///
  /// - Parameter why: the message of `ls`.
  init(hidden path: String, why: String, as account: Account) {
    self.init(
      .denied, "whether \(path) is there cannot be seen by this account", seen: why.isEmpty ? [] : [why],
      fix: account == .root ? [] : ["do it as root: root = true"], paths: [path])
  }
}
