/// The way to run scripts on a host: over OpenSSH, on this computer, or, in unit tests, from recorded answers.
package protocol Transport: Sendable {
  /// Runs one script to its end.
  ///
  /// - Throws: ``HostError`` if the script could not be run to the end. A script that ran and failed is an ``Output``.
  func run(_ script: Script, as account: Account) async throws -> Output

  /// Sends raw bytes to a script in a separate session, as the account of the login; see ``DataChannel``.
  ///
  /// - Parameters:
  ///   - token: the script's first argument.
  ///   - body: called with the path of the received file, while the session lasts.
  /// - Returns: `nil` if the host refuses the session; no byte of the file was sent then.
  func send(
    _ source: FileSource, to script: Script, token: String, _ body: @escaping @Sendable (String) async throws -> Output
  ) async throws -> SentFile?

  /// The facts learned during login; logs in if necessary.
  func login() async throws -> Login

  /// Whether shell and process have the same computer, account and home, so that the process may read files itself.
  var isThisProcess: Bool { get }

  /// The way for another `ssh` to use this login; `nil` if there is none.
  func controlSocketProxy() async throws -> ControlSocketProxy?

  /// Becomes root anew, apart from the shell that root has already, in a new session of the open connection.
  ///
  /// - Throws: ``HostError``, mainly `rootRefused`.
  func becomeRootAgain() async throws

  /// Opens the account's login shell with a terminal, in a new session of the open connection.
  ///
  /// - Returns: `false` if the session ends at once; `true` too if the server gives no such session.
  /// - Throws: ``HostError``.
  func terminalStaysOpen() async throws -> Bool

  /// Sends later logins of this transport to another port; the open connection stays.
  func relocate(_ relocation: Relocation?) async

  /// Ends every process started by the transport, on both sides. Safe to call twice.
  func close() async
}

/// The outcome for a file sent in a separate session.
package enum SentFile: Sendable, Hashable {
  /// The bytes have arrived, with the answer of the body.
  case received(Output)
  /// The script ended before all bytes had arrived; the text is its standard error.
  case cut(stderr: String)
}

extension Transport {
  package func send(
    _ source: FileSource, to script: Script, token: String, _ body: @escaping @Sendable (String) async throws -> Output
  ) async throws -> SentFile? { nil }
  package var isThisProcess: Bool { false }
  package func controlSocketProxy() async throws -> ControlSocketProxy? { nil }
  package func relocate(_ relocation: Relocation?) async {}
  package func becomeRootAgain() async throws {}
  package func terminalStaysOpen() async throws -> Bool { true }
}

/// The facts learned from the login, before any step.
package struct Login: Sendable, Hashable {
  /// The authentication method accepted by the server: `publickey`, `password`, `keyboard-interactive` … ; `nil` on
  /// this computer.
  package var method: String?
  /// The fingerprint (`SHA256:…`) of the accepted key.
  package var acceptedKey: String?
  /// ssh's file name for the accepted key; `nil` when only an agent holds the key.
  package var acceptedKeyPath: String?
  /// The server's software from its banner: `OpenSSH_9.2p1 Debian-2+deb12u6`, `dropbear_2022.83`.
  package var serverSoftware: String?
  /// The fingerprint of the server's key.
  package var hostKey: String?
  /// sshd's lines `debug1: Remote: …`: the reason for ignoring a key, in sshd's own words, readable without root.
  package var serverNotes: [String]
  /// Fingerprints of keys offered and not accepted.
  package var refusedKeys: [String]
  /// Methods that succeeded before the last one, where the server requires several (`AuthenticationMethods`).
  package var partialSuccesses: [String]
  /// Whether the key alone sufficed: a login with another method before the key proves nothing about a login with the
  /// key.
  package var isByKeyAlone: Bool { method == "publickey" && partialSuccesses.isEmpty }
  /// The methods that the server required besides a key; empty for a login without a key.
  package var methodsBesidesKey: [String] {
    method == "publickey" || partialSuccesses.contains("publickey") ? partialSuccesses : []
  }
  /// The authentication methods in the server's first list; `nil` if it sent none.
  package var methodsOffered: [String]?
  /// The output of the first script.
  package var greeting: Output

  package init(
    method: String? = nil, acceptedKey: String? = nil, acceptedKeyPath: String? = nil,
    serverSoftware: String? = nil, serverNotes: [String] = [], refusedKeys: [String] = [],
    partialSuccesses: [String] = [], greeting: Output = Output()
  ) {
    self.method = method
    self.acceptedKey = acceptedKey
    self.acceptedKeyPath = acceptedKeyPath
    self.serverSoftware = serverSoftware
    self.serverNotes = serverNotes
    self.refusedKeys = refusedKeys
    self.partialSuccesses = partialSuccesses
    self.greeting = greeting
  }
}
