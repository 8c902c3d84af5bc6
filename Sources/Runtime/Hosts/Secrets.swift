/// A question for a secret: its purpose, never the secret itself.
package enum SecretRequest: Sendable, Hashable {
  /// The password of an account on a host, as `user@host`.
  case loginPassword(target: String)
  /// The password for sudo, doas or su; `tool` names the program, `of` the account whose password it is, if the program
  /// says so: with targetpw or rootpw in sudoers, and for su, that is not the login's account.
  case rootPassword(target: String, tool: String, of: String? = nil)
  /// The passphrase of a private key on this computer.
  case keyPassphrase(path: String)
  /// A recipe's `secret`.
  case recipe(question: String)
}

extension SecretRequest {
  /// Whether a password for root is that of the login's own account, as far as known.
  package static func isOwn(_ account: String?, _ target: String) -> Bool {
    guard let account else { return true }
    return target.hasPrefix("\(account)@") || !target.contains("@") && account != "root"
  }
}

/// A secret's bytes, without a textual form, so that interpolation into a message reveals nothing.
package struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  private let bytes: [UInt8]

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The bytes, only for writing into a pipe to `ssh`, `sudo` or `ssh-keygen`.
  package func reveal() -> [UInt8] { bytes }

  package var description: String { "(secret)" }
  package var debugDescription: String { "(secret)" }
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// The source of all secrets; owns the terminal and the password commands.
package protocol SecretSource: Sendable {
  /// Asks for a secret.
  ///
  /// - Parameter attempt: counts from 1; above 1, the previous answer was wrong.
  /// - Returns: `nil` if there is no user to ask.
  func secret(for request: SecretRequest, attempt: Int) async -> Secret?
}

/// Decides about a host key missing from `known_hosts`.
package protocol HostKeyDecider: Sendable {
  /// - Parameters:
  ///   - target: `user@host[:port]` as written by the user.
  ///   - keyType: `ssh-ed25519` …
  ///   - fingerprint: `SHA256:…`
  /// - Returns: whether to trust the key and add it to `known_hosts`.
  func accept(target: String, keyType: String, fingerprint: String) async -> Bool
}
