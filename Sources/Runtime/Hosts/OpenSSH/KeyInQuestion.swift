import Formats

/// The key to prove in a login, and how ssh's log identifies the key.
struct KeyInQuestion: Sendable, Hashable {
  /// The argument of `-i`.
  let path: String
  /// The key's fingerprint according to the recipe, and according to its file. Empty if neither is known.
  let fingerprints: [String]

  /// Whether the log's key is the key in question: by fingerprint or, if none can be compared (before OpenSSH 6.8, with
  /// `FingerprintHash md5`, a PEM file without public half), by path.
  func isThis(_ key: SSHClientLog.Key) -> Bool {
    let hash = key.fingerprint.prefix { $0 != ":" }
    let comparable = key.fingerprint.isEmpty ? [] : fingerprints.filter { $0.prefix { $0 != ":" } == hash }
    return comparable.isEmpty ? key.path == path : comparable.allSatisfy { $0 == key.fingerprint }
  }
}

extension SSHClientLog.Key {
  /// `SHA256:… (/home/me/.ssh/id_ed25519)`.
  var name: String { fingerprint.isEmpty ? path : "\(fingerprint) (\(path))" }
}
