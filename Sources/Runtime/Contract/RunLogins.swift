import Hosts

/// Logins that prove a key or a configuration, and the address and keys of the run's later logins.
package protocol RunLogins: Sendable {
  /// Makes a new login from this computer, apart from the open connection. It counts against the host's budget of logins.
  ///
  /// - Returns: how the login ended. A refused login and a host that is not reached are results.
  /// - Throws: ``HostError``, above all `cancelled`; ``Failure`` of kind `argument` for this computer itself.
  func freshLogin(to host: Host, with request: FreshLoginRequest) async throws -> FreshLoginResult

  /// Has the run's later logins offer this private key of this computer first.
  ///
  /// - Parameter path: absolute.
  func offer(keyAt path: String)

  /// Writes the host's new port to the journal, so that `undo` finds the host.
  ///
  /// - Parameter relocation: `nil`: the host is at its old port again.
  /// - Throws: the journal's error; then the host must not move.
  func record(_ relocation: Relocation?, of host: Host) throws

  /// Adds the host's key at its new port to `known_hosts`, and tells the user the new address. Called after a login at
  /// the new port has worked and ``record(_:of:)`` has succeeded.
  ///
  /// - Parameter branch: the branch of the call.
  func relocated(_ host: Host, to relocation: Relocation, branch: Int) async throws
}
