/// Facts read from the output of `ssh -v` before the login is complete.
struct ClientLogText {
  let lines: [Substring]

  init(_ text: String) { lines = text.split(whereSeparator: \.isNewline) }

  /// The account of the login in the log; `nil` before authentication, and up to 6.7.
  var account: (user: String, host: String)? {
    for line in lines where line.hasPrefix("debug1: Authenticating to ") {
      let text = String(line)
      guard let place = text.inside("Authenticating to ", " as '"), let user = text.inside(" as '", "'"),
        let colon = place.lastIndex(of: ":")
      else { continue }
      return (user, String(place[..<colon]))
    }
    return nil
  }

  /// The address of the connection; `nil` behind a proxy.
  var connectedTo: String? {
    for line in lines where line.hasPrefix("debug1: Connecting to ") {
      return String(line).inside("[", "]")
    }
    return nil
  }

  /// Whether another program makes the connection (`ProxyJump`, `ProxyCommand`).
  var isProxied: Bool { proxyCommand != nil }

  /// The line about the program that makes the connection.
  var proxyCommand: Substring? { lines.first { $0.hasPrefix("debug1: Executing proxy ") } }

  /// Whether `ssh` is at a method with questions of the server alone.
  var isServersTurn: Bool {
    let method = lines.last { $0.hasPrefix(Self.next) }?.dropFirst(Self.next.count)
    return method == "password" || method == "keyboard-interactive"
  }

  /// Whether `ssh` waits for its agent: the keys are exchanged, and those to be offered are not listed yet.
  var isAtAgent: Bool {
    lines.contains { $0.hasPrefix("debug1: SSH2_MSG_NEWKEYS received") }
      && !lines.contains { $0.hasPrefix("debug1: Will attempt key: ") || $0.hasPrefix(Self.next) }
  }

  /// Whether the server would accept a key: `Server accepts key: PATH TYPE FINGERPRINT …`.
  func accepts(key path: String) -> Bool { lines.contains { $0.hasPrefix("\(Self.accepted)\(path) ") } }

  /// ssh's words about the last key accepted by the server, if the file or the agent fails; `nil` for a passphrase.
  var faultOfAcceptedKey: String? {
    guard let accepted = lines.lastIndex(where: { $0.hasPrefix(Self.accepted) }) else { return nil }
    return lines[accepted...].first { line in Self.keyFaults.contains(where: line.contains) }.map(String.init)
  }

  private static let accepted = "debug1: Server accepts key: "
  private static let keyFaults = [
    "agent refused operation", "Agent admitted failure to sign", "bad permissions", "invalid format",
    "error in libcrypto",
  ]

  /// The number of methods begun so far.
  var methods: Int { lines.count { $0.hasPrefix(Self.next) } }

  /// The number of the server's refusals so far. The list before the first method counts too.
  var refusals: Int {
    lines.reduce(0) { count, line in
      if line.hasPrefix("debug1: Authentications that can continue: ") { return count + 1 }
      return line.contains("with partial success.") ? count - 1 : count
    }
  }

  /// The account as `ssh` names it in its prompts: with `HostKeyAlias`, if set, and cut to 30 and 128 characters in the
  /// prompt of the method `password`. Empty before authentication.
  var accountNames: [String] {
    guard let account else { return [] }
    let alias = lines.last { $0.hasPrefix(Self.alias) }.map { String($0.dropFirst(Self.alias.count)) }
    return [account.host, alias].compactMap(\.self).flatMap { host in
      ["\(account.user)@\(host)", "\(account.user.prefix(30))@\(host.prefix(128))"]
    }
  }

  private static let next = "debug1: Next authentication method: "
  private static let alias = "debug1: using hostkeyalias: "
}
