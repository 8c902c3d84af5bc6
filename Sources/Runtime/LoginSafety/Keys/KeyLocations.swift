/// What sshd's configuration says of the account's keys: as sshd itself tells root, else as far as the account can read it.
package struct KeyLocations: Sendable, Hashable {
  /// Absolute; those of `AuthorizedKeysFile`, or what the platform has. Empty: `none`.
  package var keysPaths: [String]
  /// Whether sshd looks at modes and owners.
  var isStrict: Bool
  /// Files beside the main one that make up the configuration.
  var includes: [String]
  /// Absolute; those of `HostKey`, where they are known.
  var hostKeys: [String] = []
  /// Whether root has asked, so that there is nothing more to learn.
  var isAskedAsRoot = false
}
