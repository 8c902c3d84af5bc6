/// A question for a secret: the purpose, never the secret.
public enum SecretRequest: Sendable, Hashable {
  /// The password of an account on a host, as `user@host`.
  case loginPassword(target: String)
  /// The password for sudo, doas or su. `tool` names the program, and `of` the password's account, if the program names
  /// the account: another than the login's for su, and with targetpw or rootpw in sudoers.
  case rootPassword(target: String, tool: String, of: String? = nil)
  /// The passphrase of a private key on this computer.
  case keyPassphrase(path: String)
  /// The password of an account on a jump host, `user@host` as `ssh` names it, on the way to a target.
  case jumpPassword(account: String, target: String)
  /// Any other question on the way to a target, by a jump host's server or a `ProxyCommand`.
  case proxyQuestion(account: String?, text: String, target: String)
  /// Any other question of the target's server, with PAM's messages in front of it: for a code or, if `isPassword`, for
  /// a password that is not certainly the account's.
  case serverQuestion(target: String, text: String, isPassword: Bool)
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
public struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  private let bytes: [UInt8]

  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The bytes, only for writing into a pipe to `ssh`, `sudo` or `ssh-keygen`.
  package func reveal() -> [UInt8] { bytes }

  public var description: String { "(secret)" }
  public var debugDescription: String { "(secret)" }
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// The source of all secrets; owns the terminal and the password commands.
public protocol SecretSource: Sendable {
  /// Asks for a secret.
  ///
  /// - Parameter attempt: counts from 1; above 1, the previous answer was wrong.
  /// - Returns: `nil` if there is no user to ask, or if the source would give a wrong answer again: servers count failed
  ///   logins.
  func secret(for request: SecretRequest, attempt: Int) async -> Secret?

  /// Asks a question of `ssh` itself with the answer yes or no, such as whether to add a key to the agent.
  ///
  /// - Returns: `false` if there is no user to ask.
  func confirms(_ text: String, for target: String) async -> Bool

  /// Shows a message of `ssh` that waits for the user, such as for a touch of a security key.
  func show(_ text: String, for target: String) async
}

extension SecretSource {
  public func confirms(_ text: String, for target: String) async -> Bool { false }
  public func show(_ text: String, for target: String) async {}
}

/// Decides about a host key missing from `known_hosts`.
public protocol HostKeyDecider: Sendable {
  /// - Parameters:
  ///   - target: `user@host[:port]` as written by the user.
  ///   - keyType: `ssh-ed25519` …
  ///   - fingerprint: `SHA256:…`
  /// - Returns: whether to trust the key and add it to `known_hosts`.
  func accept(target: String, keyType: String, fingerprint: String) async -> Bool
}
