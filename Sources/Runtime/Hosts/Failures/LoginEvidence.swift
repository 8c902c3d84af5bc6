import Formats

/// The evidence about a failed login: the client's log and, over an open session, the state of the server.
package struct LoginEvidence: Sendable {
  /// `user@host[:port]` of the login.
  package var target = ""
  package var user = ""
  /// The private key's path on the client.
  package var keyPath: String?
  package var key: PublicKey?
  package var fingerprint: String?
  /// Whether the key is known to have a passphrase and to be in no agent.
  package var isLocked = false

  /// The output of ssh, without debug lines.
  package var clientText: [String] = []
  /// Other ways in which the login succeeded, such as another key, in sentences of our own.
  package var otherWays: [String] = []
  /// Fingerprints of the refused keys.
  package var refusedKeys: [String] = []
  /// Whether the server was ready to accept the key.
  package var isAccepted = false
  /// The authentication methods that the server allows; empty if the server did not list them.
  package var methods: [String] = []
  /// Methods that succeeded in this login but did not suffice.
  package var partialSuccesses: [String] = []
  /// Methods that succeeded before the last one when the run itself logged in.
  package var partialSuccessesOfRun: [String] = []
  /// sshd's notes from an earlier login of this run. The notes may be old: the files themselves take precedence.
  package var notes: [String] = []

  /// The lines about this login in sshd's log; empty if they could not be read, or were not needed.
  package var logged: [String] = []

  package var server: Server?
  package var config: Config?

  package init(
    target: String = "", user: String = "", keyPath: String? = nil, key: PublicKey? = nil, fingerprint: String? = nil,
    isLocked: Bool = false, clientText: [String] = [], otherWays: [String] = [], refusedKeys: [String] = [],
    isAccepted: Bool = false, methods: [String] = [], notes: [String] = [], server: Server? = nil, config: Config? = nil
  ) {
    self.target = target
    self.user = user
    self.keyPath = keyPath
    self.key = key
    self.fingerprint = fingerprint
    self.isLocked = isLocked
    self.clientText = clientText
    self.otherWays = otherWays
    self.refusedKeys = refusedKeys
    self.isAccepted = isAccepted
    self.methods = methods
    self.notes = notes
    self.server = server
    self.config = config
  }

  /// The files that decide about the login, in their current state.
  package struct Server: Sendable {
    package var home: String
    package var hasHome = true
    package var userID: Int
    package var isSynology = false
    package var isDropbear = false
    /// The canonical path of `authorized_keys`.
    package var keysPath: String
    package var keys: FileState
    /// The file first, then each parent directory.
    package var components: [(path: String, status: FileStatus)]
    /// Groups without other members than the user, on systems where sshd tolerates group write for them; `nil`
    /// elsewhere.
    package var privateGroups: Set<UInt32>?
    /// Account names by number.
    package var names: [Int: String] = [:]

    package init(
      home: String, hasHome: Bool = true, userID: Int, isSynology: Bool = false, isDropbear: Bool = false,
      keysPath: String, keys: FileState, components: [(path: String, status: FileStatus)],
      privateGroups: Set<UInt32>? = nil, names: [Int: String] = [:]
    ) {
      self.home = home
      self.hasHome = hasHome
      self.userID = userID
      self.isSynology = isSynology
      self.isDropbear = isDropbear
      self.keysPath = keysPath
      self.keys = keys
      self.components = components
      self.privateGroups = privateGroups
      self.names = names
    }
  }

  /// The effective sshd_config, as far as the account can read it.
  package struct Config: Sendable {
    package var isPubkeyOff = false
    /// The option that keeps the account out.
    package var refusal: String?
    /// `AuthorizedKeysFile`, if different from the examined file.
    package var otherKeysFile: String?
    /// `AuthenticationMethods`: lists of methods, each a way in; empty without the option, or with `any`.
    package var methodLists: [String] = []
    /// Methods that are switched off, with the line that does so: `KbdInteractiveAuthentication no`.
    package var methodsOff: [String: String] = [:]

    package init(isPubkeyOff: Bool = false, refusal: String? = nil, otherKeysFile: String? = nil) {
      self.isPubkeyOff = isPubkeyOff
      self.refusal = refusal
      self.otherKeysFile = otherKeysFile
    }
  }
}
