/// What sshd's configuration says of the account's keys, as far as the account can read it.
struct WayIn: Sendable, Hashable {
  /// Absolute; those of `AuthorizedKeysFile`, or what the platform has. Empty: `none`.
  var keysPaths: [String]
  /// Whether sshd looks at modes and owners.
  var isStrict: Bool
  /// Files beside the main one that make up the configuration.
  var includes: [String]
}
