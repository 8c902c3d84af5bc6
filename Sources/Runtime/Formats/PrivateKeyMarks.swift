extension [UInt8] {
  /// Whether the marks of a private key (OpenSSH's, PEM's, PuTTY's) stand in these bytes.
  package var containsPrivateKey: Bool {
    firstRange(of: Array("PRIVATE KEY-----".utf8)) != nil || starts(with: Array("PuTTY-User-Key-File".utf8))
  }
}
