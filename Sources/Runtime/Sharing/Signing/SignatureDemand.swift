/// The user's requirements for a repository's signature.
package struct SignatureDemand: Sendable, Hashable {
  /// The allowed signers; empty if no signature is required.
  package var signers: [Signer]
  /// Whether updates must have the same signer as now.
  package var pins: Bool
  /// The path of an existing file with revoked public keys, or a KRL; `nil` for none.
  package var revoked: String?

  package init(signers: [Signer] = [], pins: Bool = false, revoked: String? = nil) {
    self.signers = signers
    self.pins = pins
    self.revoked = revoked
  }
}
