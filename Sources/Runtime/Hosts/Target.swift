/// The target of a login, as written by the user: `host`, `user@host`, `user@host:port`, `user@[2001:db8::1]:port`,
/// `ssh://…`, or an alias from `~/.ssh/config`.
package struct Target: Sendable, Hashable, CustomStringConvertible {
  package var user: String?
  /// Name, address or alias; IPv6 without brackets.
  package var host: String
  package var port: Int?
  /// The name in an inventory, for outputs; `nil` for the address as name.
  package var label: String?
  /// Options of ssh for this target, in the form of `-o`.
  package var options: [String] = []

  package init(user: String? = nil, host: String, port: Int? = nil) {
    self.user = user
    self.host = host
    self.port = port
  }

  /// The argument for `ssh`, without the port.
  var account: String { (user.map { "\($0)@" } ?? "") + host }

  package var description: String { label ?? address }

  /// The account and the place of the login, in the form of the command line.
  package var address: String {
    let shownHost = host.contains(":") && port != nil ? "[\(host)]" : host
    return (user.map { "\($0)@" } ?? "") + shownHost + (port.map { ":\($0)" } ?? "")
  }
}

/// An unreadable target. Each case carries the text as written.
package enum TargetError: Error, Hashable, Sendable {
  case empty
  case noHost(String)
  case badPort(String, in: String)
  /// A leading `-` would be an option to `ssh`; blanks and control characters have no place in a name.
  case badCharacter(Character, in: String)
  case unclosedBracket(String)
}

extension TargetError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "a host is empty; expected user@host[:port]"
    case .noHost(let text): "\"\(text)\" names no host; expected user@host[:port]"
    case .badPort(let port, let text): "\"\(text)\": expected a port from 1 to 65535, got \"\(port)\""
    case .badCharacter(let character, let text): "\"\(text)\": a host cannot have \"\(character)\" there"
    case .unclosedBracket(let text): "\"\(text)\": the bracket is never closed; expected user@[address]:port"
    }
  }
}

extension Target {
  /// - Throws: ``TargetError``.
  package init(parsing text: String) throws(TargetError) {
    var rest = text[...]
    if rest.hasPrefix("ssh://") { rest = rest.dropFirst(6) }
    guard !rest.isEmpty else { throw .empty }
    let isBad = { (c: Character) in c.isWhitespace || c.asciiValue.map { $0 < 0x20 || $0 == 0x7F } == true }
    if let bad = rest.first(where: isBad) { throw .badCharacter(bad, in: text) }
    var user: String?
    if let at = rest.lastIndex(of: "@") {
      user = String(rest[..<at])
      rest = rest[rest.index(after: at)...]
    }
    let (host, portText) = try Self.split(rest, whole: text)
    guard !host.isEmpty, user != "" else { throw .noHost(text) }
    for name in [user ?? "", host] where name.first == "-" { throw .badCharacter("-", in: text) }
    var port: Int?
    if let portText {
      guard let number = Int(portText), (1...65535).contains(number) else {
        throw .badPort(String(portText), in: text)
      }
      port = number
    }
    self.init(user: user, host: host, port: port)
  }

  /// Two or more colons without brackets are an IPv6 address, as in `ssh` itself; a port then needs brackets.
  private static func split(
    _ rest: Substring, whole: String
  ) throws(TargetError) -> (host: String, port: Substring?) {
    if rest.first == "[" {
      guard let close = rest.firstIndex(of: "]") else { throw .unclosedBracket(whole) }
      let host = String(rest[rest.index(after: rest.startIndex)..<close])
      let after = rest[rest.index(after: close)...]
      if after.isEmpty { return (host, nil) }
      guard after.first == ":" else { throw .badPort(String(after), in: whole) }
      return (host, after.dropFirst())
    }
    guard rest.filter({ $0 == ":" }).count == 1, let colon = rest.firstIndex(of: ":") else {
      return (String(rest), nil)
    }
    return (String(rest[..<colon]), rest[rest.index(after: colon)...])
  }
}
