/// Answers the questions of all logins of a command. A passphrase is typed once: the proofs of a change use the same key
/// again, and so do other hosts. The terminal itself remembers none, since a new key's passphrase is typed twice.
package actor LoginPerson: SecretSource, HostKeyDecider {
  private let other: any SecretSource & HostKeyDecider
  private let turns = TurnQueue()
  private var passphrases: [String: Secret] = [:]

  package init(_ other: any SecretSource & HostKeyDecider) { self.other = other }

  package func secret(for request: SecretRequest, attempt: Int) async -> Secret? {
    guard case .keyPassphrase(let path) = request else { return await other.secret(for: request, attempt: attempt) }
    guard (try? await turns.enter()) != nil else { return nil }
    if attempt > 1 || passphrases[path] == nil {
      passphrases[path] = await other.secret(for: request, attempt: attempt)
    }
    let passphrase = passphrases[path]
    await turns.leave()
    return passphrase
  }

  package func confirms(_ text: String, for target: String) async -> Bool {
    await other.confirms(text, for: target)
  }

  package func show(_ text: String, for target: String) async { await other.show(text, for: target) }

  package func accept(target: String, keyType: String, fingerprint: String) async -> Bool {
    await other.accept(target: target, keyType: keyType, fingerprint: fingerprint)
  }
}
