/// The locations of the account's keys in sshd's configuration: from sshd itself as root, otherwise from the readable
/// files.
package struct KeyLocations: Sendable, Hashable {
  /// Absolute; from `AuthorizedKeysFile` or the platform. Empty for `none`.
  package var keysPaths: [String]
  /// Whether sshd checks modes and owners.
  var isStrict: Bool
  /// The files included by the main file.
  var includes: [String]
  /// Absolute; from `HostKey`, if known.
  var hostKeys: [String] = []
  /// Whether root has asked sshd. No further question is left then.
  var isAskedAsRoot = false
}
