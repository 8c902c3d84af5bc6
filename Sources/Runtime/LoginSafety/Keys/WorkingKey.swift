/// A private key on this computer that a server has let in, or is meant to.
package struct WorkingKey: Sendable, Hashable {
  package var path: String
  package var fingerprint: String?

  package init(path: String, fingerprint: String?) {
    self.path = path
    self.fingerprint = fingerprint
  }
}
