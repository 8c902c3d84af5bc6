/// A private key of this computer that a server has accepted for a login, or is meant to accept.
package struct WorkingKey: Sendable, Hashable {
  /// The private half's path; also where only `PATH.pub` is there, and an agent holds the private half. `nil` for a key
  /// that only an agent holds.
  package var path: String?
  /// The public half, for a key without a path.
  package var publicLine: String?
  package var fingerprint: String?

  package init(path: String?, publicLine: String? = nil, fingerprint: String?) {
    self.path = path
    self.publicLine = publicLine
    self.fingerprint = fingerprint
  }
}
