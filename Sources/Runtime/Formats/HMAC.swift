/// HMAC with SHA-256 (RFC 2104), tested with the cases of RFC 4231. swift-crypto would compile BoringSSL for these lines.
package enum HMAC {
  private static let block = 64

  /// - Returns: 64 hexadecimal digits.
  package static func hexadecimal(_ message: [UInt8], key: [UInt8]) -> String {
    var padded = key.count > block ? SHA256.digest(key) : key
    padded += [UInt8](repeating: 0, count: block - padded.count)
    let inner = SHA256.digest(padded.map { $0 ^ 0x36 } + message)
    return SHA256.hexadecimal(padded.map { $0 ^ 0x5C } + inner)
  }
}
