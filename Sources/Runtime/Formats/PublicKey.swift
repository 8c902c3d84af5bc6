/// One SSH public key, as in a `.pub` file: `TYPE BASE64 COMMENT` (sshd(8), AUTHORIZED_KEYS FILE FORMAT).
package struct PublicKey: Equatable, Hashable, Sendable {
  /// `ssh-ed25519`, `ssh-rsa`, … Unknown types are kept if the blob names the same type.
  package let type: String
  /// The key in wire format (RFC 4253, section 6.6). Two keys are the same key when their blobs are equal.
  package let blob: [UInt8]
  /// As found: not every comment is UTF-8.
  package let commentBytes: [UInt8]
  package var comment: String { String(decoding: commentBytes, as: UTF8.self) }

  /// - Throws: ``PublicKeyError`` if sshd would not accept this key.
  package init(type: String, blob: [UInt8], comment: String = "") throws(PublicKeyError) {
    try self.init(type: type, blob: blob, commentBytes: Array(comment.utf8))
  }

  private init(type: String, blob: [UInt8], commentBytes: [UInt8]) throws(PublicKeyError) {
    guard let inner = WireReader.firstString(of: blob) else { throw .damaged(type: type) }
    guard inner == Array(type.utf8) else {
      throw .typeMismatch(written: type, inBlob: Self.printable(inner))
    }
    guard Self.isComplete(blob, type: type) else { throw .damaged(type: type) }
    self.type = type
    self.blob = blob
    self.commentBytes = commentBytes
  }

  /// Whether the blob holds exactly the fields of its type (sshkey.c). For certificates and unknown types, only the
  /// first field can be checked.
  private static func isComplete(_ blob: [UInt8], type: String) -> Bool {
    guard let expected = fieldCounts[type] else { return true }
    var reader = WireReader(blob)
    let fields = (0..<expected).compactMap { _ in reader.string() }
    guard fields.count == expected, reader.isAtEnd else { return false }
    return type.hasSuffix("ssh-ed25519") ? fields[1].count == 32 : true
  }

  private static let fieldCounts = [
    "ssh-ed25519": 2, "ssh-rsa": 3, "ssh-dss": 5, "ecdsa-sha2-nistp256": 3, "ecdsa-sha2-nistp384": 3,
    "ecdsa-sha2-nistp521": 3, "sk-ssh-ed25519@openssh.com": 3, "sk-ecdsa-sha2-nistp256@openssh.com": 4,
  ]

  /// - Parameter text: the content of a `.pub` file or pasted text: a single line. Blank lines and surrounding white
  ///   space do not count.
  /// - Throws: ``PublicKeyError``, with a case for each text that people often paste by mistake.
  package init(_ text: [UInt8]) throws(PublicKeyError) {
    if text.starts(with: [0xFF, 0xFE]) || text.starts(with: [0xFE, 0xFF]) || text.contains(0) {
      throw .notPlainText(encoding: "UTF-16")
    }
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { throw .notPlainText(encoding: "UTF-8 with a byte order mark") }
    let lines = ByteLine.split(text).map(\.content).filter { !$0.allSatisfy(Byte.isSpace) }
    guard let line = lines.first else { throw .empty }
    if let begin = lines.first(where: { $0.starts(with: Array("-----BEGIN".utf8)) }) {
      throw Self.marker(String(decoding: begin, as: UTF8.self))
    }
    if line.starts(with: Array("PuTTY-User-Key-File".utf8)) { throw .privateKey }
    guard lines.count == 1 else { throw .severalLines(count: lines.count) }
    let fields = line.split(maxSplits: 2, omittingEmptySubsequences: true, whereSeparator: Byte.isSpace)
    let type = Self.printable(Array(fields[0]))
    guard Self.isPlausibleType(fields[0]) else { throw .noType(found: type) }
    guard fields.count > 1 else { throw .noBlob(type: type) }
    guard let blob = Base64.decode(fields[1]) else { throw .notBase64(type: type) }
    let comment = fields.count > 2 ? Array(fields[2].reversed().drop(while: Byte.isSpace).reversed()) : []
    try self.init(type: type, blob: blob, commentBytes: comment)
  }

  /// - Parameter bytes: the content of a `.pub` file, which ssh reads up to the first line with a key
  ///   (authfile.c, `sshkey_try_load_public`).
  /// - Throws: ``PublicKeyError`` if there is no such line.
  package init(file bytes: [UInt8]) throws(PublicKeyError) {
    let lines = ByteLine.split(bytes).map(\.content)
    let written = lines.filter { !$0.starts(with: [Byte.hash]) }
    let publicPart = written.prefix { !$0.starts(with: Array("-----BEGIN".utf8)) }
    if let key = publicPart.lazy.compactMap({ try? PublicKey($0) }).first {
      self = key
    } else {
      try self.init(Array(written.joined(separator: [Byte.lineFeed])))
    }
  }

  package init(_ text: String) throws(PublicKeyError) {
    try self.init(Array(text.utf8))
  }

  /// The key on one line, without a line feed, for `authorized_keys` and `.pub` files.
  package var lineBytes: [UInt8] {
    let key = Array("\(type) \(Base64.encode(blob))".utf8)
    return commentBytes.isEmpty ? key : key + [Byte.space] + commentBytes
  }

  /// The key on one line for users, with replacement characters for bytes that are not UTF-8.
  package var line: String { String(decoding: lineBytes, as: UTF8.self) }

  /// As printed by `ssh-keygen -l` and `ssh -v`: `SHA256:` and base64 without padding.
  package var fingerprint: String { "SHA256:" + Base64.encode(SHA256.digest(blob), padding: false) }

  /// DSA keys no longer count as keys: off by default since OpenSSH 7.0, removed in 10.0.
  package var isDSA: Bool { type == "ssh-dss" || type == "ssh-dss-cert-v01@openssh.com" }

  /// The length of an RSA key's modulus; `nil` for other types. sshd refuses keys below 1024 bits, and below
  /// `RequiredRSASize`.
  package var rsaBits: Int? {
    guard type == "ssh-rsa" else { return nil }
    var reader = WireReader(blob)
    _ = reader.string()
    _ = reader.string()
    guard let modulus = reader.string()?.drop(while: { $0 == 0 }), let top = modulus.first else { return nil }
    return modulus.count * 8 - top.leadingZeroBitCount
  }

  private static func marker(_ line: String) -> PublicKeyError {
    if line.contains("PRIVATE KEY") { return .privateKey }
    return .otherFormat(marker: line)
  }

  static func printable(_ bytes: [UInt8]) -> String {
    String(decoding: bytes.prefix(64).map { (0x20..<0x7F).contains($0) ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
  }

  /// Types are registered names (RFC 4250, section 4.6.1): no white space, no quotes; all existing types have a hyphen.
  package static func isPlausibleType(_ word: some Collection<UInt8>) -> Bool {
    let isKnown = known.contains(String(decoding: word, as: UTF8.self))
    let prefixes = ["ssh-", "ecdsa-", "sk-", "rsa-", "webauthn-", "x509"]
    let isNamed = prefixes.contains { word.starts(with: Array($0.utf8)) }
    return isKnown || isNamed && word.allSatisfy { (0x21..<0x7F).contains($0) && $0 != Byte.quote }
  }

  static let known: [String] = [
    "ssh-ed25519", "ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
    "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com", "ssh-dss",
  ].flatMap { [$0, "\($0.replacingSuffix("@openssh.com"))-cert-v01@openssh.com"] }
}

extension String {
  fileprivate func replacingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
