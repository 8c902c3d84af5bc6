/// Why a script could not be run on a host. The catalogue of causes turns these into sentences and next steps.
package enum HostError: Error, Sendable, Hashable {
  /// The address does not resolve.
  case unknownHost(String)
  case connectionRefused(String)
  case unreachable(String)
  case connectionTimedOut(String)
  /// Something answers, but it does not speak SSH or hung up before it did. Penalties and MaxStartups look like this.
  case noBanner(String)
  /// The host's key is not known and nobody accepted it. `fingerprint` is what the host showed.
  case hostKeyUnknown(fingerprint: String?)
  /// The host's key is another one than `known_hosts` has, in `file` at `line`.
  case hostKeyChanged(fingerprint: String?, file: String?, line: Int?)
  /// No common algorithm.
  case noCommonAlgorithm(String)
  /// The server refused everything that was offered. `methods` are those it would take.
  case loginRefused(methods: [String], passwordTried: Bool, notes: [String])
  case tooManyAuthenticationFailures
  /// Logged in, but the account's shell ended instead of running a script (nologin, forced command, expired password).
  case noShell(status: Int32, text: String)
  /// The account has no way to become root that works: see the reason.
  case rootRefused(RootRefusal)
  /// The script ran longer than allowed and was ended.
  case timedOut(script: String, after: Duration)
  /// The connection ended while a script ran; whether it had finished is not known.
  case connectionLost(String)
  /// The run was cancelled.
  case cancelled
  /// A secret is needed and nobody is there to give it.
  case secretNeeded(SecretRequest)
  /// `ssh` itself could not be started or complained about its configuration.
  case client(String)
}

/// Why root could not be had.
package enum RootRefusal: Sendable, Hashable {
  /// None of sudo, doas, su is there.
  case noTool
  /// The tool says that this account may not.
  case notAllowed(tool: String, text: String)
  case wrongPassword(tool: String)
  case other(tool: String, text: String)
}
