/// An edit not yet read by sshd, with the contents to restore if sshd fails with it.
package struct PendingRestart: Sendable, Hashable {
  package var path: String
  /// `nil` if the file was missing.
  package var before: [UInt8]?
  /// `nil` if the edit removed the file.
  package var after: [UInt8]?
  /// The authentication methods that sshd must no longer offer after reading the edit.
  var closedMethods: Set<String> = []

  package init(path: String, before: [UInt8]?, after: [UInt8]?) {
    self.path = path
    self.before = before
    self.after = after
  }
}
