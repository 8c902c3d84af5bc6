/// A private key on this computer that a server has let in, or is meant to.
package struct WorkingKey: Sendable, Hashable {
  var path: String
  var fingerprint: String?
}
