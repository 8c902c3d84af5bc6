import Contract
import Hosts
import Runs

/// A person for runs without a user: there are no passwords, no unknown host is trusted, and questions stay without an
/// answer. Logins need a key, and a recipe with a question fails.
public struct UnattendedPerson: Person {
  public init() {}

  public func secret(for request: SecretRequest, attempt: Int) async -> Secret? { nil }
  public func accept(target: String, keyType: String, fingerprint: String) async -> Bool { false }
  public func answer(_ question: Question) async -> String? { nil }
}
