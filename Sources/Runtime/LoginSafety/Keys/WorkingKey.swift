/// A private key on this computer for which a server has accepted a login, or is meant to.
package struct WorkingKey: Sendable, Hashable {
  package var path: String
  package var fingerprint: String?

  package init(path: String, fingerprint: String?) {
    self.path = path
    self.fingerprint = fingerprint
  }
}
