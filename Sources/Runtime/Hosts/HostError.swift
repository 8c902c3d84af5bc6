/// The reason why a script could not be run on a host. The catalogue of causes turns each into a sentence and next
/// steps.
package enum HostError: Error, Sendable, Hashable {
  /// The address does not resolve.
  case unknownHost(String)
  case connectionRefused(String)
  case unreachable(String)
  case connectionTimedOut(String)
  /// The port is open, but the server does not speak SSH or hung up before its banner. Penalties and MaxStartups look
  /// the same.
  case noBanner(String)
  /// The host's key is unknown and was not accepted. `fingerprint` is the key the host presented; `complaint` holds ssh's
  /// words about a certificate that is not valid.
  case hostKeyUnknown(fingerprint: String?, complaint: String? = nil)
  /// The host's key differs from the one in `known_hosts`, in `file` at `line`.
  case hostKeyChanged(fingerprint: String?, file: String?, line: Int?, name: String? = nil)
  /// The host's key is marked `@revoked` in `known_hosts`, or in a list of `RevokedHostKeys`.
  case hostKeyRevoked(fingerprint: String?)
  /// Client and server have no common algorithm.
  case noCommonAlgorithm(String)
  /// The server refused every key and password offered.
  case loginRefused(LoginRefusal)
  case tooManyAuthenticationFailures
  /// The server accepts a key that ssh cannot use: its file or its agent fails, in ssh's words.
  case keyUnusable(String)
  /// The login at a jump host failed; the host's name as `ssh` or the user writes it.
  indirect case jumpHost(String, HostError)
  /// The jump host let us in and could not reach the next host.
  indirect case beyondJumpHost(String, HostError)
  /// The jump host let us in and does not pass connections on (AllowTcpForwarding, PermitOpen).
  case forwardingRefused(jump: String, String)
  /// No server answered over the `ProxyCommand`: the program ended, stayed silent, or said other things.
  case proxyCommand(String, said: [String])
  /// Logged in, but the account's shell ended instead of running a script (nologin, forced command, expired password).
  /// `notes` are those of sshd about a command= before the key.
  case noShell(status: Int32, text: String, notes: [String] = [])
  /// Logged in, but no script began within the time limit, and the session stayed open: another program runs there, and
  /// waits.
  case silentShell(text: String, notes: [String])
  /// The account could not become root.
  case rootRefused(RootRefusal)
  /// The script ran into the time limit and was ended.
  case timedOut(script: String, after: Duration)
  /// The connection ended while a script ran; the script may or may not have finished.
  case connectionLost(String)
  /// The host's answer to `what` cannot be read, so nothing is known.
  case unclear(what: String, answer: String)
  case cancelled
  /// A secret is needed, and there is no user to ask.
  case secretNeeded(SecretRequest)
  /// `ssh` could not be started, or rejected the configuration.
  case client(String)
}

extension HostError {
  /// Whether the script was certainly not begun.
  package var precedesScript: Bool {
    switch self {
    case .noShell, .timedOut, .connectionLost, .cancelled, .client: false
    default: true
    }
  }
}

/// The reason why the account could not become root.
package enum RootRefusal: Sendable, Hashable {
  /// None of sudo, doas and su is installed.
  case noTool
  /// The tool refused this account.
  case notAllowed(tool: String, text: String)
  /// `of` is the account whose password the tool wants, if known.
  case wrongPassword(tool: String, of: String? = nil)
  /// The tool, or PAM by way of the tool, asked another question too; the password may be right.
  case wrongAnswers(tool: String, question: String)
  /// As installed, the tool cannot make any account root: the set-user-ID bit is missing, or the tool's configuration
  /// is broken.
  case unusable(tool: String, text: String)
  /// The command did not start: the account's start-up files run another program in its place.
  case notStarted(text: String)
  /// The tool waits for input other than a password at a known prompt.
  case waits(tool: String, text: String)
  /// The tool's own words.
  case other(tool: String, text: String)
}
