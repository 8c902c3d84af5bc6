import Formats
import Values

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The clear part of a private key in OpenSSH's own format (PROTOCOL.key). The private part stays unread; its
/// length must match the length of the file.
package struct PrivateKeyHeader: Sendable, Hashable {
  package var isEncrypted: Bool
  /// The public half in wire format.
  package var blob: [UInt8]
  /// The status of the file.
  package var status: FileStatus

  package var fingerprint: String { "SHA256:" + Base64.encode(SHA256.digest(blob), padding: false) }

  private static let begin = Array("-----BEGIN OPENSSH PRIVATE KEY-----\n".utf8)
  private static let end = Array("-----END OPENSSH PRIVATE KEY-----\n".utf8)
  private static let magic = Array("openssh-key-v1\0".utf8)
  private static let lineLength = 70
  /// Cipher, key derivation, its options and the number of keys; even without a passphrase, the public half fills the
  /// rest.
  private static let headLength = 75
  /// A key of RSA with 16384 bits has 2 KB here.
  private static let mostBytes = 16 << 10

  /// - Returns: `nil` for a file of another format, and for one with other lines or another length than ssh-keygen writes.
  package init?(path: String) {
    let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      Self.bytes(file, from: 0, Self.begin.count) == Self.begin,
      Self.bytes(file, from: Int(status.st_size) - Self.end.count, Self.end.count) == Self.end,
      let head = Self.decoded(file, Self.headLength), head.starts(with: Self.magic)
    else { return nil }
    var reader = WireReader(Array(head.dropFirst(Self.magic.count)))
    guard let cipher = reader.string(), let derivation = reader.string(), let options = reader.string(),
      reader.number() == 1, let length = reader.number(), length < Self.mostBytes
    else { return nil }
    let start = Self.magic.count + 12 + cipher.count + derivation.count + options.count + 4
    let clear = start + 4 + length + 4
    guard let all = Self.decoded(file, clear) else { return nil }
    var rest = WireReader(Array(all.dropFirst(start)))
    guard let blob = rest.string(), WireReader.firstString(of: blob) != nil, let secret = rest.number(),
      Int(status.st_size) == Self.fileLength(of: clear + secret)
    else { return nil }
    isEncrypted = cipher != Array("none".utf8)
    self.blob = blob
    self.status = FileStatus(
      kind: .file, mode: .init(bits: UInt16(status.st_mode & 0o7777)), userID: Int(status.st_uid),
      groupID: Int(status.st_gid), size: Int(status.st_size))
  }

  /// The first bytes of the key.
  private static func decoded(_ file: Int32, _ count: Int) -> [UInt8]? {
    let letters = (count + 2) / 3 * 4
    guard let text = bytes(file, from: begin.count, letters + (letters - 1) / lineLength) else { return nil }
    var base64: [UInt8] = []
    for (index, byte) in text.enumerated() {
      let isEnd = index % (lineLength + 1) == lineLength
      guard isEnd == (byte == Byte.lineFeed) else { return nil }
      if !isEnd { base64.append(byte) }
    }
    return Base64.decode(base64).map { Array($0.prefix(count)) }
  }

  private static func fileLength(of count: Int) -> Int {
    let letters = (count + 2) / 3 * 4
    return begin.count + letters + (letters + lineLength - 1) / lineLength + end.count
  }

  private static func bytes(_ file: Int32, from offset: Int, _ count: Int) -> [UInt8]? {
    guard offset >= 0 else { return nil }
    var buffer = [UInt8](repeating: 0, count: count)
    return pread(file, &buffer, count, off_t(offset)) == count ? buffer : nil
  }
}
