/// How scripts reach a host: over OpenSSH, on this computer, or, in unit tests, from a list of recorded answers.
package protocol Transport: Sendable {
  /// Runs one script and waits for its end.
  ///
  /// - Throws: ``HostError`` when the script could not be run to its end. A script that ran and failed is an ``Output``.
  func run(_ script: Script, as account: Account) async throws -> Output

  /// What was learned while logging in; logs in when that has not happened yet.
  func login() async throws -> Login

  /// How another `ssh` comes in through this login; `nil` where there is no such way.
  func controlSocketProxy() async throws -> ControlSocketProxy?

  /// Logins of this transport go to another port from now on; the one that is open stays.
  func relocate(_ relocation: Relocation?) async

  /// Ends every process that the transport started, on both sides. Safe to call twice.
  func close() async
}

extension Transport {
  package func controlSocketProxy() async throws -> ControlSocketProxy? { nil }
  package func relocate(_ relocation: Relocation?) async {}
}

/// What the login itself told, before any step ran.
package struct Login: Sendable, Hashable {
  /// How the server let us in: `publickey`, `password`, `keyboard-interactive` … ; `nil` on this computer.
  package var method: String?
  /// The fingerprint (`SHA256:…`) of the key that the server accepted.
  package var acceptedKey: String?
  /// The file that ssh named for the accepted key; `nil` when only an agent holds it.
  package var acceptedKeyPath: String?
  /// The server's software as its banner names it: `OpenSSH_9.2p1 Debian-2+deb12u6`, `dropbear_2022.83`.
  package var serverSoftware: String?
  /// Lines that sshd sent as `debug1: Remote: …`: why it ignored a key, in its own words, without root.
  package var serverNotes: [String]
  /// Keys that were offered and not accepted, as fingerprints.
  package var refusedKeys: [String]
  /// What the first script printed.
  package var greeting: Output

  package init(
    method: String? = nil, acceptedKey: String? = nil, acceptedKeyPath: String? = nil,
    serverSoftware: String? = nil, serverNotes: [String] = [], refusedKeys: [String] = [],
    greeting: Output = Output()
  ) {
    self.method = method
    self.acceptedKey = acceptedKey
    self.acceptedKeyPath = acceptedKeyPath
    self.serverSoftware = serverSoftware
    self.serverNotes = serverNotes
    self.refusedKeys = refusedKeys
    self.greeting = greeting
  }
}
