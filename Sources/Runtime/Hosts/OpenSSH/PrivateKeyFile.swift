import Formats

/// Facts about a private key that need no passphrase.
package enum PrivateKeyFile {
  /// Whether only an agent can sign with the key: the key has a passphrase, or only its public half is here.
  static func needsAgent(_ path: String) -> Bool {
    let text = text(path)
    return isEncrypted(text) || !text.contains("PRIVATE KEY-----")
  }

  /// Whether the key has a passphrase.
  static func isLocked(_ path: String) -> Bool {
    let text = text(path)
    return text.contains("PRIVATE KEY-----") && isEncrypted(text)
  }

  /// OpenSSH's own format names the cipher in clear, at a fixed place of the base64 (PROTOCOL.key): `none` or another.
  /// PEM has `ENCRYPTED` in the header.
  private static func isEncrypted(_ text: String) -> Bool {
    if text.contains(begin) { return !text.contains("b3BlbnNzaC1rZXktdjEAAAAABG5vbmU") }
    return text.contains("ENCRYPTED")
  }

  /// The fingerprint of the public half stored in clear in OpenSSH's own format, also for a key in a security token:
  /// the `.pub` file beside the key may belong to another key. `nil` for PEM and for a missing file.
  package static func fingerprint(_ path: String) -> String? {
    let lines = text(path).split(whereSeparator: \.isNewline)
    guard let start = lines.firstIndex(where: { $0.hasPrefix(begin) }) else { return nil }
    let base64 = lines[(start + 1)...].prefix { !$0.hasPrefix("-----") }.joined()
    let magic = Array("openssh-key-v1\0".utf8)
    guard let bytes = Base64.decode(base64.utf8), bytes.starts(with: magic) else { return nil }
    var reader = WireReader(Array(bytes.dropFirst(magic.count)))
    // The cipher, the key derivation and its options, then the number of keys, always 1.
    for _ in 0..<3 { _ = reader.string() }
    guard reader.number() == 1, let blob = reader.string(), WireReader.firstString(of: blob) != nil else { return nil }
    return "SHA256:" + Base64.encode(SHA256.digest(blob), padding: false)
  }

  private static let begin = "-----BEGIN OPENSSH PRIVATE KEY-----"

  private static func text(_ path: String) -> String {
    // An RSA key of 16384 bits has 13 KB.
    String(decoding: LocalFile.read(path, limit: 1 << 15), as: UTF8.self)
  }
}
