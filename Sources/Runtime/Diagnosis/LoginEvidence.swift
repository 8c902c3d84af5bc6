/// What is known of a login that failed: what the client saw, and, where a session to the server is open, how things
/// stand there.
public struct LoginEvidence: Sendable {
  /// `user@host[:port]` of the login.
  public var target = ""
  public var user = ""
  /// The private key's path on the client.
  public var keyPath: String?
  public var key: PublicKey?
  public var fingerprint: String?
  /// Whether a passphrase protects the key and no agent holds it, as far as is known.
  public var isLocked = false

  /// What ssh said, without its debug lines.
  public var clientText: [String] = []
  /// What the login did instead, in sentences of our own: the key that it came in by.
  public var otherWays: [String] = []
  /// Fingerprints that were offered and refused.
  public var refusedKeys: [String] = []
  /// Whether the server said that it would take the key.
  public var isAccepted = false
  /// The ways that the server would take; empty where it did not say.
  public var methods: [String] = []
  /// sshd's own notes from an earlier login of this run. They may be old: what the files say counts more.
  public var notes: [String] = []

  public var server: Server?
  public var config: Config?

  /// The files that decide, as they are now.
  public struct Server: Sendable {
    public var home: String
    /// Whether the home is there.
    public var hasHome = true
    public var userID: Int
    public var isSynology = false
    public var isDropbear = false
    /// The canonical path of `authorized_keys`.
    public var keysPath: String
    public var keys: FileState
    /// The file first, then each directory above it.
    public var components: [(path: String, status: FileStatus)]
    /// Groups that have no member but the user, on systems where sshd tolerates them; `nil` elsewhere.
    public var privateGroups: Set<UInt32>?
    /// Names of accounts by number.
    public var names: [Int: String] = [:]
  }

  /// What sshd_config says, as far as it can be read.
  public struct Config: Sendable {
    public var isPubkeyOff = false
    /// The option that keeps the account out.
    public var refusal: String?
    /// `AuthorizedKeysFile`, where it does not name the file that was looked at.
    public var otherKeysFile: String?
  }
}
