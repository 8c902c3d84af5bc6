extension [UInt8] {
  /// Whether the bytes contain the header of a private key (OpenSSH, PEM or PuTTY).
  package var containsPrivateKey: Bool {
    firstRange(of: Array("PRIVATE KEY-----".utf8)) != nil || starts(with: Array("PuTTY-User-Key-File".utf8))
  }
}
