import Hosts

/// Prompts to the user at the terminal, for questions and for secrets.
package protocol RunPrompts: Sendable {
  /// Asks the user. A plan does not ask and takes the default answer.
  ///
  /// - Returns: the answer; `nil` without a terminal, or in a plan without a default answer.
  /// - Throws: `CancellationError` if the run is cancelled meanwhile.
  func ask(_ question: Question) async throws -> String?

  /// Asks for a secret: for the recipe, or as a program's passphrase or password.
  ///
  /// - Parameter attempt: 1 for the first time, higher after a wrong secret.
  /// - Returns: `nil` if the user enters none, or without a terminal.
  func secret(for request: SecretRequest, attempt: Int) async -> Secret?

  /// Keeps the passphrase of a new key until the run ends, so that the user enters a passphrase once.
  func keep(_ passphrase: Secret, ofKeyAt path: String)

  /// Keeps a secret until the run ends. The recipe gets only its number, so Lua never sees the secret.
  func keep(_ secret: Secret) -> Int

  /// The secret with a number from ``keep(_:)``; `nil` for any other number.
  func keptSecret(_ number: Int) -> Secret?
}
