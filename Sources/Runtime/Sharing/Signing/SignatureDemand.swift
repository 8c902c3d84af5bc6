/// What a person asks of a repository's signature.
package struct SignatureDemand: Sendable, Hashable {
  /// Who may have signed; empty: nobody has to.
  package var signers: [Signer]
  /// Whether whoever signed it now has to sign it from now on.
  package var pins: Bool
  /// Public keys, or a KRL, that count no more: the path of a file that is there; `nil` for none.
  package var revoked: String?

  package init(signers: [Signer] = [], pins: Bool = false, revoked: String? = nil) {
    self.signers = signers
    self.pins = pins
    self.revoked = revoked
  }
}
