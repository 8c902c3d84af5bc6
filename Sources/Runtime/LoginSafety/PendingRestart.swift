/// An edit of sshd's configuration that waits for sshd to read it: what to restore if it does not work.
package struct PendingRestart: Sendable, Hashable {
  package var path: String
  /// `nil`: the file was not there.
  package var before: [UInt8]?
  /// `nil`: the file was removed.
  package var after: [UInt8]?
  package init(path: String, before: [UInt8]?, after: [UInt8]?) {
    self.path = path
    self.before = before
    self.after = after
  }
}
