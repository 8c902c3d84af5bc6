extension Cause {
  private static let unusable = "the key cannot be used"

  package static let privateKeyModes = Cause(
    "private-key-modes", unusable,
    "others may read {keypath}, so ssh refuses to use it",
    fix: ["chmod 600 {keypath}"],
    signs: ["UNPROTECTED PRIVATE KEY FILE", "bad permissions"])

  package static let keyMissing = Cause(
    "key-missing", unusable,
    "there is no key at {keypath}",
    fix: ["make one: ssh-keygen -t ed25519 -f {keypath}"],
    signs: ["not accessible: No such file", "no such identity"])

  package static let passphrase = Cause(
    "passphrase", unusable,
    "{keypath} is protected with a passphrase, and no agent holds it",
    fix: ["ssh-add {keypath}"],
    signs: ["incorrect passphrase", "read_passphrase: can't open /dev/tty"])

  static let keyFormat = Cause(
    "key-format", unusable,
    "{keypath} is not a private key that OpenSSH reads: a PuTTY key, the public half, or a damaged file",
    fix: ["from PuTTY: puttygen {keypath} -O private-openssh -o NEW", "see what it is: ssh-keygen -yf {keypath}"],
    signs: ["invalid format", "error in libcrypto", "not a private key"])

  package static let agentRefused = Cause(
    "agent-refused", "the agent refused to sign",
    "the agent lists the key but does not sign with it: it is locked, waits for a touch or a confirmation, or its "
      + "copy of the key is stale",
    fix: [
      "ssh-add {keypath}", "if the agent is locked: ssh-add -X",
      "leave the agent out: SSH_AUTH_SOCK= ssh -i {keypath} {login}",
    ],
    signs: ["agent refused operation", "Agent admitted failure to sign"])

  package static let agentAbsent = Cause(
    "no-agent", "no agent answers",
    "the program that holds keys is not running, or this session does not know where",
    fix: ["eval \"$(ssh-agent)\" && ssh-add"],
    signs: ["Could not open a connection to your authentication agent", "The agent has no identities"])

  /// The words of our own probe.
  package static let agentHungSign = "accepts connections and does not answer"

  package static let agentHung = Cause(
    "agent-hung", "the agent does not answer",
    "the program that holds keys is stuck, and ssh waits for it without end",
    fix: [
      "end that program and start it anew",
      "leave it out: SSH_AUTH_SOCK= ssh-recipes …, or IdentityAgent none in ~/.ssh/config",
    ],
    signs: [agentHungSign])

  package static let tooManyKeys = Cause(
    "too-many-keys", "the server hung up after too many keys",
    "each key that is offered counts as a try, and the right one was not among the first",
    fix: [
      "in ~/.ssh/config, for this host: IdentitiesOnly yes and IdentityFile with the right key",
      "where no key is there yet, and MaxAuthTries is 1: ssh -o PubkeyAuthentication=no {login}",
    ],
    signs: ["Too many authentication failures", "maximum authentication attempts exceeded"])

  package static let dsa = Cause(
    "dsa", unusable,
    "DSA keys are refused since OpenSSH 7.0, and gone since 10.0",
    fix: ["make a new key: ssh-keygen -t ed25519"],
    signs: ["unsupported public key algorithm: ssh-dss", "unknown key type: ssh-dss"])

  package static let oldSignature = Cause(
    "old-signature", unusable,
    "the two sides have no signature algorithm in common for this key; with RSA keys the server is too old for SHA-2",
    fix: [
      "use an ed25519 key: ssh-keygen -t ed25519",
      "or, for this host alone, in ~/.ssh/config: PubkeyAcceptedAlgorithms +ssh-rsa",
    ], signs: ["no mutual signature"])

  static let token = Cause(
    "no-token", unusable,
    "the key lives in a security token that is not plugged in, or was not touched",
    fix: ["plug it in and touch it when it blinks; for jobs without a person use an ordinary key"],
    signs: ["device not found", "requested feature not supported", "Confirm user presence"])

  package static let clientConfigModes = Cause(
    "client-config-modes", "ssh refuses its own configuration",
    "another account owns the file, or may write to it: {text}",
    fix: [
      "where others may write to the file: chmod go-w {path}",
      "where another account owns the file: sudo chown \"$(id -un)\" {path}",
    ],
    signs: ["Bad owner or permissions on "])

  static let clientConfigEncoding = Cause(
    "client-config-encoding", "ssh refuses its own configuration",
    "the file begins with a byte order mark, which ssh takes for a part of the first word: {text}",
    fix: ["save the file as UTF-8 without a byte order mark (in Notepad: Save as, Encoding: UTF-8)"],
    signs: [
      "Bad configuration option: \\357\\273\\277", "Bad configuration option: \\377\\376",
      "Bad configuration option: \\376\\377",
    ])

  package static let clientConfig = Cause(
    "client-config", "ssh refuses its own configuration",
    "the configuration has something that this ssh does not accept: {text}",
    fix: ["correct the line, or put in front of it, for options of other versions: IgnoreUnknown OPTION"],
    signs: [
      "Bad configuration option", "terminating, ", "no argument after keyword",
      "keyword without argument",
      "unsupported option", "garbage at end of line", "Missing argument", "Bad SSH2 ", "bad key types",
      "command-line line ", "Error checking host key ", "Too many recursive configuration includes",
    ])

  package static let notOffered = Cause(
    "not-offered", "ssh by itself does not log in with the key",
    "the key works, but {command} does not offer it: {text}",
    fix: ["name the key in ~/.ssh/config, under Host {host}: IdentityFile PATH", "or name it each time: ssh -i PATH"])

  package static let ownSessionEnds = Cause(
    "own-session-ends", "ssh by itself logs in, and ends at once",
    "something in the configuration asks for what does not work there: {text}",
    fix: ["see what applies to the host: ssh -G {host}"])

  package static let ownSession = Cause(
    "own-session", "ssh by itself opens no session",
    "the server accepts the login, but ssh's own configuration keeps {command} from a shell or a command: {text}",
    fix: ["change that line, or put other options for this host above it: Host {host}"])

  package static let clientOption = Cause(
    "client-option", "a line of ssh's configuration is in the way",
    "it keeps ssh from what this login needs: {text}",
    fix: ["change that line, or put other options for this host above it: Host {host}"],
    signs: [
      ": PasswordAuthentication no", ": KbdInteractiveAuthentication no", ": PubkeyAuthentication no",
      ": PreferredAuthentications ", ": IdentityFile none", ": IdentityAgent none",
      ": PubkeyAcceptedAlgorithms ", ": UserKnownHostsFile none", ": KnownHostsCommand ",
      ": HostKeyAlgorithms ", ": KexAlgorithms ", ": Ciphers ", ": MACs ", ": AddressFamily ",
      ": BindAddress ", ": BindInterface ",
    ])

  package static let keys = [
    privateKeyModes, keyMissing, passphrase, agentRefused, agentAbsent, agentHung, tooManyKeys, dsa, oldSignature,
    token, keyFormat, clientConfigModes, clientConfigEncoding, clientConfig, clientOption, notOffered, ownSessionEnds,
    ownSession,
  ]
}
