extension Cause {
  private static let keyRefused = "the server refused the key"

  package static let badACL = Cause(
    "acl", keyRefused,
    "{path} has an access control list that gives others rights, so the server ignores the keys in it; the mode does not show it",
    fix: [
      "save the list: sudo /usr/syno/bin/synoacltool -get {path}; then sudo /usr/syno/bin/synoacltool -del {path} "
        + "and chmod go-w {path}"
    ], signs: ["bad ACL permission"])

  package static let badModes = Cause(
    "bad-modes", keyRefused,
    "{path} is writable by {who}, so sshd ignores the keys in it (StrictModes)",
    fix: ["chmod {chmod} {paths}"],
    signs: [
      "bad ownership or modes for", "must be owned by user or root, and not writable by group or others",
    ])

  package static let wrongOwner = Cause(
    "wrong-owner", keyRefused,
    "{path} belongs to {owner}, not to {user} or root, so sshd ignores the keys in it (StrictModes)",
    fix: ["sudo chown {heir} {paths}"])

  package static let foreignKeysFile = Cause(
    "foreign-keys-file", "the keys are kept by an administrator",
    "{path} belongs to {owner} and is outside the home of {user}: an administrator adds keys there",
    fix: [
      "in a recipe: host:copy_id { key = key, root = true }, with the permission root",
      "or ask the server's administrator to add the public key to {path}",
    ])

  package static let noHome = Cause(
    "no-home", "the account has no home directory",
    "the directory {path} is not there, so there is no place for keys",
    fix: [
      "on a Synology: Control Panel > User & Group > Advanced > User Home > Enable user home service",
      "elsewhere: sudo mkdir -m 755 {path} && sudo chown {user} {path}",
    ], signs: ["Could not chdir to home directory"])

  package static let closedHome = Cause(
    "closed-home", "the account cannot enter its home directory",
    "{closed} does not let {user} through to {path}, so neither the account nor sshd, which reads the keys as the account, "
      + "reads anything there",
    fix: ["as an administrator: sudo chmod go+x {closed}"])

  package static let unreadableKeys = Cause(
    "unreadable-keys", keyRefused,
    "sshd could not open {path}: {why}",
    fix: [
      "in the account's own home: sudo chown {user} {path} && chmod 600 {path}",
      "elsewhere, where an administrator keeps the keys: sudo chmod go+r {path}",
      "with SELinux: restorecon -R -v ~/.ssh",
    ], signs: ["Could not open user"])

  package static let notRegular = Cause(
    "not-regular", keyRefused, "{path} is not a regular file",
    fix: ["move it away, and copy the key again: mv {path} {path}.old"],
    signs: ["is not a regular file"])

  package static let keyNotInstalled = Cause(
    "key-not-installed", keyRefused,
    "{path} does not hold the key {key}",
    fix: ["put the public half there: ssh-copy-id -i {keypath}.pub {target}"])

  package static let keyCommented = Cause(
    "key-commented", keyRefused,
    "line {line} of {path} holds the key, but starts with #, so sshd skips it",
    fix: ["take the # away if the key may log in"])

  package static let keyGlued = Cause(
    "key-glued", keyRefused,
    "line {line} of {path} holds two keys without a line break between them, so sshd sees only the first, or none",
    fix: ["break the line before the second key, or copy the key again with copy_id"])

  package static let keyDamaged = Cause(
    "key-damaged", keyRefused,
    "line {line} of {path} is damaged, so sshd skips it without a word: {why}",
    fix: ["take the line out and copy the key again"],
    signs: ["is not a public key file"])

  package static let keyOptions = Cause(
    "key-options", keyRefused,
    "the options before the key in {path} do not allow this login: {text}",
    fix: ["look at the options of line {line} of {path}: from=, expiry-time=, cert-authority"],
    signs: [
      "is not permitted to use this key for login", "correct key but not from a permitted host", "bad key options",
      "entry expired at",
    ])

  package static let otherKeysFile = Cause(
    "other-keys-file", keyRefused,
    "sshd does not read {path}: its AuthorizedKeysFile is \"{text}\"",
    fix: ["put the key there, or change AuthorizedKeysFile with edit_config"])

  package static let noKeysFile = Cause(
    "no-keys-file", keyRefused,
    "sshd reads no keys from {path} or any other file: its AuthorizedKeysFile is \"none\"",
    fix: [
      "change AuthorizedKeysFile with edit_config; with an AuthorizedKeysCommand there, add the key where that command "
        + "looks"
    ])

  static let revokedKeysFile = Cause(
    "revoked-keys-file", keyRefused,
    "sshd cannot read the list of its RevokedKeys, and then refuses every key",
    fix: ["make that file readable for root, or take the line RevokedKeys out of sshd_config; then reload sshd"],
    signs: ["Error checking authentication key"])

  package static let keyRevoked = Cause(
    "key-revoked", keyRefused, "the server has a list of revoked keys, and this key is in it",
    fix: [
      "make a new key beside it: ssh-keygen -t ed25519 -f {keypath}_new",
      "and copy it, by password or another key: ssh-copy-id -i {keypath}_new.pub {target}; log in with it: ssh -i "
        + "{keypath}_new {target}",
    ], signs: ["revoked by file"])

  package static let keyType = Cause(
    "key-type", keyRefused,
    "the server does not take keys or signatures of {type} (PubkeyAcceptedAlgorithms or RequiredRSASize in sshd_config)",
    fix: ["make a key of another type: ssh-keygen -t {othertype}"],
    signs: [
      "not in PubkeyAcceptedKeyTypes", "not in PubkeyAcceptedAlgorithms", "Invalid key length",
      "Invalid RSA key length",
    ])

  package static let configRefused = Cause(
    "config-refused", "sshd refuses the configuration",
    "sshd would not start with {path} as it is",
    fix: ["see what sshd says: sudo sshd -t"],
    signs: ["is not allowed within a Match block", "bad configuration options"])

  package static let server = [
    badACL, badModes, noHome, closedHome, unreadableKeys, notRegular, keyOptions, keyRevoked, revokedKeysFile, keyType,
    keyDamaged,
    wrongOwner,
    foreignKeysFile,
    keyNotInstalled,
    keyCommented, keyGlued, otherKeysFile, noKeysFile,
  ]
}
