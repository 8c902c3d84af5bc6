import Formats

/// Checks one signature against the demand.
struct SignatureCheck: Sendable {
  let thing: SignedThing
  let demand: SignatureDemand

  /// - Returns: the signer; without required signers, a signer with only a key.
  /// - Throws: the first problem found: unreadable, by a certificate, for another purpose, not matching, revoked, not
  ///   allowed, or not valid at this time.
  func signer() async throws(SignatureProblem) -> Signer {
    guard let parsed = SSHSignature(thing.signature) else { throw .malformed(thing.carrier) }
    guard !parsed.key.type.contains("-cert-") else { throw .certificate(thing.carrier) }
    guard parsed.namespace == thing.namespace else {
      throw .otherPurpose(thing.carrier, namespace: parsed.namespace)
    }
    return try await ScratchFolder.with { (folder) async throws(SignatureProblem) in
      try await signer(parsed, folder)
    }
  }

  private func signer(_ parsed: SSHSignature, _ folder: ScratchFolder) async throws(SignatureProblem) -> Signer {
    let tool = SSHKeygen()
    let fingerprint = parsed.key.fingerprint
    let data = try folder.write("data", thing.payload)
    let signature = try folder.write("signature", parsed.armored)
    guard try await tool.isIntact(signature, over: data, namespace: thing.namespace) else {
      throw .altered(thing.carrier, key: fingerprint)
    }
    let stranger = Signer(identity: "", key: parsed.key)
    let alone = try folder.write("alone", Array((stranger.line + "\n").utf8))
    guard
      try await tool.isValid(
        signature, over: data, namespace: thing.namespace, principal: stranger.identity, signers: alone,
        revoked: demand.revoked, at: nil)
    else {
      // An unreadable list makes ssh-keygen refuse the key too, without an error message.
      guard try await RevokedKeys(file: demand.revoked).contains(parsed.key) else {
        throw .tool("ssh-keygen refuses the key \(fingerprint)")
      }
      throw .revoked(thing.carrier, key: fingerprint)
    }
    guard !demand.signers.isEmpty else { return stranger }
    guard let known = demand.signers.first(where: { $0.key.blob == parsed.key.blob }) else {
      throw .notAllowed(thing.carrier, key: fingerprint, expected: demand.signers.map(\.shown))
    }
    // ssh-keygen itself applies the options of a line, such as an expiry time.
    let allowed = try folder.write("allowed", Array(demand.signers.map { $0.line + "\n" }.joined().utf8))
    for principal in try await tool.principals(of: signature, in: allowed, at: thing.time) {
      if try await tool.isValid(
        signature, over: data, namespace: thing.namespace, principal: principal, signers: allowed,
        revoked: demand.revoked, at: thing.time)
      {
        return known
      }
    }
    throw .notNow(thing.carrier, key: fingerprint)
  }
}
