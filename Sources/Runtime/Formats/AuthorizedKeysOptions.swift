/// The options before a key in authorized_keys, as sshd reads them (auth-options.c, `sshauthopt_parse`).
package struct AuthorizedKeysOptions: Equatable, Sendable {
  package struct Option: Equatable, Sendable {
    /// In lower case.
    package var name: String
    /// Without quotes; `nil` if there is none.
    package var value: String?
  }

  package let options: [Option]

  /// The reason why sshd ignores the line of these options, or never accepts the line's key.
  package enum Problem: Error, Hashable, Sendable {
    /// After a comma, or at the beginning, an option is missing.
    case missing
    case unquoted(option: String)
    case unexpectedValue(option: String)
    case noValue(option: String)
    case repeated(option: String)
    /// sshd finds no meaning in the value.
    case value(option: String, value: String, why: String)
  }

  /// - Parameter text: the options alone, with no blanks outside quotes and no open quote.
  /// - Throws: ``Problem`` if sshd would ignore the line. Unknown names pass, since newer versions of sshd know more.
  package init(_ text: String) throws(Problem) {
    var options: [Option] = []
    for part in Self.parts(of: text) { options.append(try Self.option(part)) }
    for once in ["command", "from", "principals"] where options.count(where: { $0.name == once }) > 1 {
      throw .repeated(option: once)
    }
    for option in options { try Self.check(option) }
    self.options = options
  }

  /// The first option with which sshd would refuse every login, though sshd reads the line.
  ///
  /// - Parameter now: the present in seconds since 1970.
  package func hopeless(now: Int) -> Problem? {
    for option in options {
      guard let value = option.value else { continue }
      switch option.name {
      case "from":
        let list = value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        if let bad = list.first(where: { $0.drop { $0 == "!" }.isEmpty }) {
          return .value(option: "from", value: bad, why: "has no pattern")
        }
        if let bad = list.first(where: { IPNetwork.isInconsistent(String($0.drop { $0 == "!" })) }) {
          return .value(option: "from", value: bad, why: "is no network: its length does not fit its address")
        }
        if list.allSatisfy({ $0.hasPrefix("!") }) {
          return .value(option: "from", value: value, why: "only excludes hosts, so no host is left")
        }
      case "expiry-time":
        guard let time = ExpiryTime(value) else { continue }
        if !time.isReal { return .value(option: option.name, value: value, why: "is no day of the calendar") }
        if time.latest <= now { return .value(option: option.name, value: value, why: "is over already") }
      default: continue
      }
    }
    return nil
  }

  private static func parts(of text: String) -> [String] {
    var parts: [String] = []
    var part = ""
    var isQuoted = false
    var previous: Character?
    for letter in text {
      if letter == "\"", previous != "\\" { isQuoted.toggle() }
      if letter == ",", !isQuoted {
        parts.append(part)
        part = ""
      } else {
        part.append(letter)
      }
      previous = letter
    }
    return parts + [part]
  }

  private static func option(_ text: String) throws(Problem) -> Option {
    guard !text.isEmpty else { throw .missing }
    let name = text.prefix { $0 != "=" }.lowercased()
    let isKnown = valued.contains(name) || flags.contains(name)
    guard let sign = text.firstIndex(of: "=") else {
      if valued.contains(name) { throw .noValue(option: name) }
      return Option(name: name)
    }
    let value = text[text.index(after: sign)...]
    if flags.contains(name) { throw .unexpectedValue(option: name) }
    guard value.count >= 2, value.hasPrefix("\""), value.hasSuffix("\""),
      !value.dropFirst().dropLast().replacing("\\\"", with: "").contains("\"")
    else {
      if isKnown { throw .unquoted(option: name) }
      return Option(name: name, value: String(value))
    }
    return Option(name: name, value: String(value.dropFirst().dropLast()).replacing("\\\"", with: "\""))
  }

  private static let valued: Set<String> = [
    "command", "environment", "expiry-time", "from", "permitlisten", "permitopen", "principals", "tunnel",
  ]
  private static let flags: Set<String> = [
    "agent-forwarding", "cert-authority", "no-agent-forwarding", "no-port-forwarding", "no-pty", "no-touch-required",
    "no-user-rc", "no-x11-forwarding", "port-forwarding", "pty", "restrict", "user-rc", "verify-required",
    "x11-forwarding",
  ]

  private static func check(_ option: Option) throws(Problem) {
    guard let value = option.value else { return }
    func refuse(_ why: String) -> Problem { .value(option: option.name, value: value, why: why) }
    switch option.name {
    case "expiry-time":
      if ExpiryTime(value) == nil { throw refuse("is no time: expected YYYYMMDD, YYYYMMDDHHMM or YYYYMMDDHHMMSS") }
    case "environment":
      guard let sign = value.firstIndex(of: "="), sign != value.startIndex,
        value[..<sign].allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
      else { throw refuse("is not NAME=VALUE") }
    case "permitopen":
      guard isHostAndPort(value, needsHost: true) else { throw refuse("is not HOST:PORT") }
    case "permitlisten":
      guard isHostAndPort(value, needsHost: false) else { throw refuse("is not PORT or HOST:PORT") }
    case "tunnel":
      guard value == "any" || Int32(value).map({ $0 >= 0 }) == true else { throw refuse("is no number of a device") }
    default: return
    }
  }

  private static func isHostAndPort(_ text: String, needsHost: Bool) -> Bool {
    let port: Substring
    if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      let rest = text[text.index(after: end)...]
      guard rest.hasPrefix(":"), text.index(after: text.startIndex) != end else { return false }
      port = rest.dropFirst()
    } else if let colon = text.lastIndex(of: ":") {
      guard text[..<colon].allSatisfy({ $0 != ":" }) else { return false }
      port = text[text.index(after: colon)...]
    } else {
      guard !needsHost else { return false }
      port = text[...]
    }
    return port == "*" || Int(port).map { (1...65535).contains($0) } == true && port.allSatisfy(\.isNumber)
  }
}

extension AuthorizedKeysOptions.Problem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missing: "an option is missing beside a comma"
    case .unquoted(let option): "the value of \(option) must stand in double quotes"
    case .unexpectedValue(let option): "\(option) takes no value"
    case .noValue(let option): "\(option) needs a value, such as \(option)=\"…\""
    case .repeated(let option): "\(option) may stand there only once"
    case .value(let option, let value, let why): "\(option)=\"\(value)\" \(why)"
    }
  }
}

/// `YYYYMMDD`, `YYYYMMDDHHMM` or `YYYYMMDDHHMMSS`, perhaps with `Z` for UTC (misc.c, `parse_absolute_time`).
private struct ExpiryTime {
  let year, month, day, hour, minute, second: Int

  init?(_ text: String) {
    let zone = ["Z", "UTC"].first(where: text.hasSuffix) ?? ""
    let digits = text.dropLast(zone.count)
    guard [8, 12, 14].contains(digits.count), digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
    func number(_ from: Int, _ length: Int) -> Int { Int(digits.dropFirst(from).prefix(length)) ?? 0 }
    (year, month, day) = (number(0, 4), number(4, 2), number(6, 2))
    (hour, minute, second) = (number(8, 2), number(10, 2), number(12, 2))
    guard year >= 1970, (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second <= 60
    else { return nil }
  }

  private var daysOfMonth: Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  /// sshd takes 30 February for 2 March.
  var isReal: Bool { day <= daysOfMonth }

  /// In seconds since 1970. The server's time zone is unknown, so the last time zone to reach the time counts.
  var latest: Int {
    // Days since 1970 by the Gregorian calendar, with March as the first month of a year.
    let (shifted, index) = (month > 2 ? year : year - 1, (month + 9) % 12)
    let days = 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + (153 * index + 2) / 5 + day - 1 - 719_468
    return days * 86400 + hour * 3600 + minute * 60 + second + 12 * 3600
  }
}
