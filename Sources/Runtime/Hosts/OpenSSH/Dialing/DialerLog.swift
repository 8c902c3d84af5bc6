import Formats

/// ssh's log of a login over the dialer. The dialer writes ssh's own lines about a connection into the log, so that it
/// reads like the log of an ssh that connects by itself.
struct DialerLog {
  private let bytes: [UInt8]
  /// Whether the dialer was used.
  private let isDialed: Bool

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    let line = bytes.position(of: Self.command).map { bytes[($0 + Self.command.count)...].prefix { $0 != 0x0A } }
    isDialed = line.map(Array.init)?.position(of: Self.word) != nil
  }

  /// The log without ssh's words about the dialer.
  var withoutDialer: [UInt8] {
    guard isDialed else { return bytes }
    return bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      .filter { line in !Self.signs.contains { line.starts(with: $0) } }
      .joined(separator: [0x0A]).map(\.self)
  }

  /// Whether ssh got neither a connection nor the reason of a failed one.
  var isWithoutAnswer: Bool {
    guard isDialed else { return false }
    let lines = bytes.split(separator: 0x0A)
    return lines.contains { line in Self.failures.contains { line.starts(with: $0) } }
      && !lines.contains { line in Self.answers.contains { line.starts(with: $0) } }
  }

  /// The name that the dialer could not look up, in a static program.
  var unknownHost: String? {
    bytes.split(separator: 0x0A).first { $0.starts(with: Array(Self.unknown.utf8)) }
      .map { String(decoding: $0.dropFirst(Self.unknown.utf8.count).prefix { $0 != 0x0D }, as: UTF8.self) }
  }

  /// In front of ``unknownHost``.
  static let unknown = "debug1: ssh-dialer: no address of "

  private static let command = Array("debug1: Executing proxy dialer command: exec ".utf8)
  private static let word = Array(" \(DialRequest.word) ".utf8)
  private static let failures = [
    "proxy dialer did not pass back a connection", "Could not create socketpair to communicate with proxy dialer",
    "fork failed: ",
  ].map { Array($0.utf8) }
  private static let answers = ["ssh: connect to host ", "ssh: Could not resolve hostname "].map { Array($0.utf8) }
  private static let signs =
    ["debug1: Executing proxy dialer command: ", "mm_receive_fd: "].map { Array($0.utf8) } + failures
}
