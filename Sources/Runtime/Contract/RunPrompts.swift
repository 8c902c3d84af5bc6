import Hosts

/// Questions to the user at the terminal, and the secrets that the answers may be.
package protocol RunPrompts: Sendable {
  /// Asks the user. A plan does not ask and takes the default answer.
  ///
  /// - Returns: the answer; `nil` where there is no terminal, or a plan has no default answer.
  /// - Throws: `CancellationError` when the run was cancelled meanwhile.
  func ask(_ question: Question) async throws -> String?

  /// Asks for a secret: one that the recipe wants, or the passphrase or password that a program needs.
  ///
  /// - Parameter attempt: 1 for the first time; more after a secret that was wrong.
  /// - Returns: `nil` where the user gives none, or there is no terminal.
  func secret(for request: SecretRequest, attempt: Int) async -> Secret?

  /// Keeps a secret until the run ends. The recipe gets only its number, so Lua never sees the secret itself.
  func keep(_ secret: Secret) -> Int

  /// The secret with a number from ``keep(_:)``; `nil` for any other number.
  func keptSecret(_ number: Int) -> Secret?
}
