import Formats

/// Compares a file with the contents expected before a change, and with the new contents after it. Guards against
/// accidental overwriting, not against forgery.
package enum Checksum {
  /// All lines that `sign` (`replace-file.sh`) may print for these bytes: by `sha256sum`, by `cksum` (missing in some
  /// builds of BusyBox), or by the size alone on hosts with neither.
  static func signs(of bytes: [UInt8]) -> String {
    let digest = SHA256.digest(bytes).map { byte in
      let text = String(byte, radix: 16)
      return text.count < 2 ? "0" + text : text
    }.joined()
    return " s:\(digest) c:\(text(of: bytes).replacing(" ", with: "-")) n:\(bytes.count) "
  }

  /// `CRC SIZE`, as `cksum` prints for standard input.
  package static func text(of bytes: [UInt8]) -> String {
    var crc: UInt32 = 0
    for byte in bytes { crc = crc << 8 ^ table[Int(UInt8(truncatingIfNeeded: crc >> 24) ^ byte)] }
    var length = bytes.count
    while length > 0 {
      crc = crc << 8 ^ table[Int(UInt8(truncatingIfNeeded: crc >> 24) ^ UInt8(length & 0xFF))]
      length >>= 8
    }
    return "\(~crc) \(bytes.count)"
  }

  /// For the polynomial of ISO/IEC 8802-3, the one in POSIX, without reflection.
  private static let table: [UInt32] = (0..<256).map { index in
    var crc = UInt32(index) << 24
    for _ in 0..<8 { crc = crc << 1 ^ (crc & 0x8000_0000 == 0 ? 0 : 0x04C1_1DB7) }
    return crc
  }
}
