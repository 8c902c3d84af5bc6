/// Compares values by their meaning to sshd, regardless of spelling (servconf.c).
package enum SSHDValue {
  package static func words(_ value: String) -> [String] {
    value.split(whereSeparator: \.isWhitespace).map(String.init)
  }

  /// - Parameters: one list of words for each line.
  package static func areSame(_ left: [[String]], _ right: [[String]], keyword: SSHDKeyword) -> Bool {
    let left = left.map { $0.map { canonical($0, of: keyword.name) } }
    let right = right.map { $0.map { canonical($0, of: keyword.name) } }
    if keyword.name == "ListenAddress" { return areSameAddresses(left.compactMap(\.first), right.compactMap(\.first)) }
    return switch keyword.repetition {
    case .wordsAccumulate: Set(left.joined()) == Set(right.joined())
    case .oneValueALine: Set(left) == Set(right)
    case .byName: left.first.map(right.contains) ?? false
    case .firstWins: Array(left.joined()) == Array(right.joined())
    }
  }

  /// `sshd -T` prints each address with each port, so an address without a port equals one with any port.
  private static func areSameAddresses(_ left: [String], _ right: [String]) -> Bool {
    let (one, other) = (left.map(AddressAndPort.init), right.map(AddressAndPort.init))
    guard (one + other).allSatisfy({ $0.port != nil }) else {
      return Set(one.map(\.address)) == Set(other.map(\.address))
    }
    return Set(one) == Set(other)
  }

  /// sshd_config(5), ListenAddress: `ADDRESS`, `IPV4:PORT`, `[ADDRESS]:PORT`.
  private struct AddressAndPort: Hashable {
    var address: String
    var port: String?

    init(_ text: String) {
      if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
        address = String(text[text.index(after: text.startIndex)..<end])
        let rest = text[text.index(after: end)...]
        port = rest.hasPrefix(":") ? String(rest.dropFirst()) : nil
      } else if text.count(where: { $0 == ":" }) == 1, let colon = text.firstIndex(of: ":") {
        address = String(text[..<colon])
        port = String(text[text.index(after: colon)...])
      } else {
        address = text
      }
    }
  }

  private static func canonical(_ word: String, of keyword: String) -> String {
    if times.contains(keyword) { return seconds(word).map(String.init) ?? word }
    guard keyword.hasSuffix("Authentication") || named.contains(keyword) else { return word }
    let lower = word.lowercased()
    return keyword == "PermitRootLogin" && lower == "without-password" ? "prohibit-password" : lower
  }

  /// Options with names as values, which sshd compares without regard to case.
  private static let named: Set<String> = [
    "AddressFamily", "AllowAgentForwarding", "AllowStreamLocalForwarding", "AllowTcpForwarding", "Compression",
    "DisableForwarding", "ExposeAuthInfo", "FingerprintHash", "GatewayPorts", "IgnoreRhosts", "LogLevel",
    "PermitEmptyPasswords", "PermitRootLogin", "PermitTTY", "PermitTunnel", "PermitUserRC", "PrintLastLog",
    "PrintMotd", "StreamLocalBindUnlink", "StrictModes", "SyslogFacility", "TCPKeepAlive", "UseDNS", "UsePAM",
    "X11Forwarding", "X11UseLocalhost",
  ]
  private static let times: Set<String> = ["ClientAliveInterval", "LoginGraceTime"]

  /// sshd_config(5), TIME FORMATS: `90`, `2m`, `1h30m`.
  static func seconds(_ text: String) -> Int? {
    let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800]
    var total = 0
    var number = ""
    for letter in text.lowercased() {
      if letter.isASCII, letter.isNumber {
        number.append(letter)
      } else {
        guard let unit = units[letter], let count = Int(number) else { return nil }
        let (product, overflow) = count.multipliedReportingOverflow(by: unit)
        guard !overflow, total <= Int.max - product else { return nil }
        total += product
        number = ""
      }
    }
    if number.isEmpty { return text.isEmpty ? nil : total }
    return Int(number).flatMap { total <= Int.max - $0 ? total + $0 : nil }
  }
}
