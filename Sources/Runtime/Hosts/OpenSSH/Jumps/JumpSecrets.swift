/// Asks for the secrets of a jump host's login under the jump host's own name: a password meant for the targets never
/// reaches the jump host.
struct JumpSecrets: SecretSource {
  let other: any SecretSource
  /// The target that the login was begun for.
  let target: String

  func secret(for request: SecretRequest, attempt: Int) async -> Secret? {
    await other.secret(for: Self.request(request, on: target), attempt: attempt)
  }

  func confirms(_ text: String, for jump: String) async -> Bool { await other.confirms(text, for: jump) }

  func show(_ text: String, for jump: String) async { await other.show(text, for: jump) }

  static func request(_ request: SecretRequest, on target: String) -> SecretRequest {
    switch request {
    case .loginPassword(let jump): .jumpPassword(account: jump, target: target)
    case .serverQuestion(let jump, let text, _): .proxyQuestion(account: jump, text: text, target: target)
    case .jumpPassword(let account, _): .jumpPassword(account: account, target: target)
    case .proxyQuestion(let account, let text, _): .proxyQuestion(account: account, text: text, target: target)
    case .rootPassword, .keyPassphrase, .recipe: request
    }
  }
}
