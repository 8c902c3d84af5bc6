import Formats

/// The key that a login shall prove, and how it is told from others in ssh's log.
struct KeyInQuestion: Sendable, Hashable {
  /// As `-i` names it.
  let path: String
  /// What the key has to be: what the recipe means by it, and what its file says itself. Empty where neither is known.
  let fingerprints: [String]

  /// Whether it was this one. By its fingerprint; where none can be compared (before OpenSSH 6.8, with `FingerprintHash md5`,
  /// a PEM file without public half), by the file.
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
