import Formats

/// What is known of a login that failed: what the client saw, and, where a session to the server is open, how things
/// stand there.
package struct LoginEvidence: Sendable {
  /// `user@host[:port]` of the login.
  package var target = ""
  package var user = ""
  /// The private key's path on the client.
  package var keyPath: String?
  package var key: PublicKey?
  package var fingerprint: String?
  /// Whether a passphrase protects the key and no agent holds it, as far as is known.
  package var isLocked = false

  /// What ssh said, without its debug lines.
  package var clientText: [String] = []
  /// What the login did instead, in sentences of our own: the key that it came in by.
  package var otherWays: [String] = []
  /// Fingerprints that were offered and refused.
  package var refusedKeys: [String] = []
  /// Whether the server said that it would take the key.
  package var isAccepted = false
  /// The ways that the server would take; empty where it did not say.
  package var methods: [String] = []
  /// sshd's own notes from an earlier login of this run. They may be old: what the files say counts more.
  package var notes: [String] = []

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

  /// The files that decide, as they are now.
  package struct Server: Sendable {
    package var home: String
    /// Whether the home is there.
    package var hasHome = true
    package var userID: Int
    package var isSynology = false
    package var isDropbear = false
    /// The canonical path of `authorized_keys`.
    package var keysPath: String
    package var keys: FileState
    /// The file first, then each directory above it.
    package var components: [(path: String, status: FileStatus)]
    /// Groups that have no member but the user, on systems where sshd tolerates them; `nil` elsewhere.
    package var privateGroups: Set<UInt32>?
    /// Names of accounts by number.
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

  /// What sshd_config says, as far as it can be read.
  package struct Config: Sendable {
    package var isPubkeyOff = false
    /// The option that keeps the account out.
    package var refusal: String?
    /// `AuthorizedKeysFile`, where it does not name the file that was looked at.
    package var otherKeysFile: String?

    package init(isPubkeyOff: Bool = false, refusal: String? = nil, otherKeysFile: String? = nil) {
      self.isPubkeyOff = isPubkeyOff
      self.refusal = refusal
      self.otherKeysFile = otherKeysFile
    }
  }
}
