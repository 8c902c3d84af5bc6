/// A private key on this computer that a server has let in, or is meant to.
struct WorkingKey: Sendable, Hashable {
  var path: String
  var fingerprint: String?
}
