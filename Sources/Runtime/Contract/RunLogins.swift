import Hosts

/// Logins that prove a key or a configuration, and the address and keys of the run's later logins.
package protocol RunLogins: Sendable {
  /// Makes a new login from this computer, apart from the open connection. The host's budget of logins includes it.
  ///
  /// - Returns: the end of the login. A refused login or an unreachable host is a result, not an error.
  /// - Throws: ``HostError``, mainly `cancelled`; ``Failure`` of kind `argument` for this computer as the host.
  func freshLogin(to host: Host, with request: FreshLoginRequest) async throws -> FreshLoginResult

  /// Makes later logins of the run offer this private key first.
  ///
  /// - Parameter path: an absolute path on this computer.
  func offer(keyAt path: String)

  /// The sockets of the agents that ssh asks for keys at logins to the run's hosts; `nil` for a run without hosts,
  /// where the session's own agent (`SSH_AUTH_SOCK`) counts.
  func agentSockets() async -> [String]?

  /// Writes the host's new port to the journal, so that `undo` finds the host.
  ///
  /// - Parameter relocation: `nil` if the host is back at its old port.
  /// - Throws: the journal's error. The port must then stay unchanged.
  func record(_ relocation: Relocation?, of host: Host) throws

  /// Adds the host's key at its new port to `known_hosts`, and tells the user the new address. Called after a
  /// successful login at the new port and after ``record(_:of:)``.
  ///
  /// - Parameter branch: the branch of the call.
  func relocated(_ host: Host, to relocation: Relocation, branch: Int) async throws
}

extension RunLogins {
  package func agentSockets() async -> [String]? { nil }
}
