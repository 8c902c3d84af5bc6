import Formats

/// A signature made by `ssh-keygen -Y sign` or git (PROTOCOL.sshsig of OpenSSH), parsed but not verified: only
/// ``SSHKeygen`` verifies signatures.
struct SSHSignature: Hashable, Sendable {
  let key: PublicKey
  /// The purpose of the signature: `git`, `file`, or the program's own.
  let namespace: String
  /// Including the first and last line.
  let armored: [UInt8]

  static let begin = "-----BEGIN SSH SIGNATURE-----"
  private static let end = "-----END SSH SIGNATURE-----"
  static let sizeLimit = 1 << 16

  /// - Returns: `nil` if the text is not such a signature.
  init?(_ armored: [UInt8]) {
    guard armored.count <= Self.sizeLimit, let text = String(validating: armored, as: UTF8.self) else { return nil }
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
    guard lines.first == Self.begin, lines.last == Self.end, lines.count > 2 else { return nil }
    let base64 = lines.dropFirst().dropLast().joined()
    guard let blob = Base64.decode(Array(base64.utf8)), blob.starts(with: Array("SSHSIG".utf8)) else { return nil }
    // The magic is followed by a version in four bytes.
    guard blob.dropFirst(6).prefix(4).elementsEqual([0, 0, 0, 1]) else { return nil }
    var reader = WireReader(Array(blob.dropFirst(10)))
    guard let keyBlob = reader.string(), let namespace = reader.string(),
      let type = WireReader.firstString(of: keyBlob).map({ String(decoding: $0, as: UTF8.self) }),
      let key = try? PublicKey(type: type, blob: keyBlob)
    else { return nil }
    self.key = key
    self.namespace = String(decoding: namespace, as: UTF8.self)
    self.armored = Array((lines.joined(separator: "\n") + "\n").utf8)
  }
}
