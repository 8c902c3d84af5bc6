extension [UInt8] {
  /// Whether the bytes contain the header of a private key (OpenSSH, PEM or PuTTY).
  package var containsPrivateKey: Bool {
    containsPrivateKeyMark || starts(with: Array("PuTTY-User-Key-File".utf8))
  }

  /// Whether the bytes, which may come from the middle of a file, contain the header of an OpenSSH or PEM key.
  package var containsPrivateKeyMark: Bool { position(of: Array("PRIVATE KEY-----".utf8)) != nil }
}
