/// A login, as far as the `Match` blocks of sshd_config can ask about it.
package struct SSHDLogin: Sendable, Hashable {
  package var user: String
  /// The names of the account's groups; `nil` if unknown.
  package var groups: [String]?
  /// The client's address; `nil` if unknown.
  package var address: String?
  /// The server's address and port for this connection; `nil` if unknown.
  package var localAddress: String?
  package var localPort: Int?

  /// - Parameter connection: `SSH_CONNECTION`: the client's address and port, the server's address and port.
  package init(user: String, groups: [String]? = nil, connection: String = "") {
    self.user = user
    self.groups = groups
    let words = connection.split(separator: " ").map(String.init)
    guard words.count == 4 else { return }
    (address, localAddress, localPort) = (words[0], words[2], Int(words[3]))
  }
}

/// The criteria of a `Match` line (servconf.c, `match_cfg_line`).
package enum SSHDMatch {
  /// - Parameter criteria: the words after `Match`.
  /// - Returns: whether the block applies to the login; `nil` if only sshd can tell.
  package static func applies(_ criteria: [String], to login: SSHDLogin) -> Bool? {
    var isKnown = true
    for (name, value) in pairs(criteria) {
      switch isMet(name, value, login) {
      case false?: return false
      case nil: isKnown = false
      case true?: break
      }
    }
    return isKnown ? true : nil
  }

  /// `User pi`, or `User=pi` since OpenSSH 9.9. `All` and `Invalid-User` stand alone.
  private static func pairs(_ criteria: [String]) -> [(name: String, value: String)] {
    var pairs: [(String, String)] = []
    var rest = criteria[...]
    while let word = rest.popFirst() {
      let name = word.lowercased()
      if name == "all" || name == "invalid-user" {
        pairs.append((name, ""))
      } else if let sign = word.firstIndex(of: "=") {
        pairs.append((word[..<sign].lowercased(), String(word[word.index(after: sign)...])))
      } else {
        pairs.append((name, rest.popFirst() ?? ""))
      }
    }
    return pairs
  }

  private static func isMet(_ name: String, _ value: String, _ login: SSHDLogin) -> Bool? {
    let list = value.split(separator: ",").map(String.init)
    switch name {
    case "all": return true
    case "invalid-user": return false
    case "user": return HostPattern.matches(login.user, list: list, ignoringCase: false)
    case "group": return login.groups.map { isMember(of: list, $0) }
    case "address": return login.address.flatMap { AddressList.matches($0, list: list) }
    case "localaddress": return login.localAddress.flatMap { AddressList.matches($0, list: list) }
    case "localport": return login.localPort.map { String($0) == value }
    case "host":
      // With `UseDNS yes`, the list is compared with the client's name, which only the server can look up.
      guard let address = login.address, HostPattern.matches(address, list: list) else { return nil }
      return true
    default: return nil
    }
  }

  /// One excluded group excludes the account, regardless of the other groups (groupaccess.c, `ga_match_pattern_list`).
  private static func isMember(of list: [String], _ groups: [String]) -> Bool {
    let excluded = list.filter { $0.hasPrefix("!") }.map { String($0.dropFirst()) }
    func isMember(_ list: [String]) -> Bool {
      groups.contains { HostPattern.matches($0, list: list, ignoringCase: false) }
    }
    return !isMember(excluded) && isMember(list)
  }
}

extension SSHDConfigTree {
  /// The values of an option that may be in effect for a login.
  package enum LoginValue: Equatable, Sendable {
    /// The arguments; `nil` if no line sets the option.
    case known([String]?)
    /// Only sshd knows which `Match` blocks apply: one of these values, in sshd's order, is in effect.
    case oneOf([[String]?])
  }

  /// The value of an option for a login, according to the files: from the first applicable `Match` block, or else the
  /// global value.
  ///
  /// - Parameter keyword: an option whose first line wins, in upper or lower case.
  package func value(of keyword: String, for login: SSHDLogin) -> LoginValue {
    var possible: [[String]?] = []
    for line in overrides(of: keyword) {
      let answers = line.matches.map { SSHDMatch.applies($0, to: login) }
      if answers.contains(false) { continue }
      possible.append(line.directive.arguments)
      guard answers.contains(nil) else { return Self.value(possible) }
    }
    return Self.value(possible + [firstValue(of: keyword)])
  }

  private static func value(_ possible: [[String]?]) -> LoginValue {
    let first = possible.first ?? nil
    return possible.contains { $0 != first } ? .oneOf(possible) : .known(first)
  }
}
