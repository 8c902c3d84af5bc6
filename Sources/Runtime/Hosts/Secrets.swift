/// A question for a secret: what it is for, never the secret itself.
package enum SecretRequest: Sendable, Hashable {
  /// The password of an account on a host, as `user@host`.
  case loginPassword(target: String)
  /// The password that sudo, doas or su wants; `tool` names which.
  case rootPassword(target: String, tool: String)
  /// The passphrase of a private key on this computer.
  case keyPassphrase(path: String)
  /// What a recipe asks for by `secret`.
  case recipe(question: String)
}

/// A secret's bytes. It has no textual form, so that interpolating it into a message shows nothing.
package struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  private let bytes: [UInt8]

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The bytes, to be written into a pipe to `ssh`, `sudo` or `ssh-keygen`, and nowhere else.
  package func reveal() -> [UInt8] { bytes }

  package var description: String { "(secret)" }
  package var debugDescription: String { "(secret)" }
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// The one place that owns the terminal and the password commands.
package protocol SecretSource: Sendable {
  /// Asks for a secret. `attempt` counts from 1; above 1 the one before was wrong.
  ///
  /// - Returns: `nil` when nobody is there to answer.
  func secret(for request: SecretRequest, attempt: Int) async -> Secret?
}

/// Decides about a host key that `known_hosts` does not have yet.
package protocol HostKeyDecider: Sendable {
  /// - Parameters:
  ///   - target: `user@host[:port]` as the person wrote it.
  ///   - keyType: `ssh-ed25519` …
  ///   - fingerprint: `SHA256:…`
  /// - Returns: whether to trust it and write it into `known_hosts`.
  func accept(target: String, keyType: String, fingerprint: String) async -> Bool
}
