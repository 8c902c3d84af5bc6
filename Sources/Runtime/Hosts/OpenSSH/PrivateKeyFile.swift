#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What can be told of a private key without its passphrase.
enum PrivateKeyFile {
  /// OpenSSH's own format names its cipher in clear, in the same place of the base64 (PROTOCOL.key): `none` or another.
  /// PEM says `ENCRYPTED` in its head.
  static func isEncrypted(_ path: String) -> Bool {
    guard let handle = fopen(path, "r") else { return false }
    defer { fclose(handle) }
    var buffer = [UInt8](repeating: 0, count: 512)
    let count = fread(&buffer, 1, buffer.count, handle)
    let text = String(decoding: buffer[..<count], as: UTF8.self)
    if text.contains("BEGIN OPENSSH PRIVATE KEY") { return !text.contains("b3BlbnNzaC1rZXktdjEAAAAABG5vbmU") }
    return text.contains("ENCRYPTED")
  }
}
