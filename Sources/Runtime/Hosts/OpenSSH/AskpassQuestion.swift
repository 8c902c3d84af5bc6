/// A question of `ssh`, recognised by its prompt (sshconnect.c, sshconnect2.c, readpass.c; not translated).
enum AskpassQuestion: Equatable {
  /// `host` as shown by ssh.
  case hostKey(host: String, keyType: String, fingerprint: String)
  case passphrase(path: String)
  /// Any other question with the answer yes or no, such as whether to add a key to the agent.
  case confirmation(String)
  /// A text without an answer: a security key waits for a touch.
  case notice(String)
  /// A question of the server, or for the account's password. `account` is `user@host` if ssh names the account.
  case server(account: String?, text: String)

  /// - Parameter isServersTurn: whether `ssh` is at a method of authentication with questions of the server alone.
  ///   Before 8.5, `ssh` does not mark the server's questions, and their text alone could pass for any other question.
  init(_ message: AskpassMessage, isServersTurn: Bool) {
    let text = Self.unescaped(message.prompt).trimmingSuffix(while: \.isWhitespace)
    switch message.kind {
    case .none: self = .notice(text)
    case .confirm: self = .confirmation(text)
    case .text: self = (isServersTurn ? nil : Self.ownQuestion(text)) ?? Self.serverQuestion(text)
    }
  }

  /// A question of `ssh` itself.
  private static func ownQuestion(_ text: String) -> AskpassQuestion? {
    // keyboard-interactive since 8.5: `(user@host) Password:`.
    if text.hasPrefix("(") { return nil }
    if let host = text.inside("authenticity of host '", "'"), text.contains("(yes/no") {
      let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
      let type = words.firstIndex(of: "key").flatMap { $0 > 0 ? words[$0 - 1] : nil } ?? ""
      let fingerprint = words.first { $0.hasPrefix("SHA256:") || $0.hasPrefix("MD5:") } ?? ""
      return .hostKey(
        host: host, keyType: Self.sshName(ofKeyType: type),
        fingerprint: fingerprint.last == "." ? String(fingerprint.dropLast()) : fingerprint)
    }
    if text.hasPrefix("Enter passphrase for") || text.hasPrefix("Enter PIN for") {
      let path = text.inside("'", "'") ?? text.inside("\"", "\"")
      let last = text.split(separator: " ").last.map { String($0).filter { $0 != ":" } }
      return .passphrase(path: path ?? last ?? "")
    }
    if text.hasSuffix("(yes/no)?") || text.hasSuffix("(yes/no):") { return .confirmation(text) }
    return nil
  }

  private static func serverQuestion(_ text: String) -> AskpassQuestion {
    if text.hasPrefix("("), let account = text.inside("(", ") ") ?? text.inside("(", ")"), account.contains("@") {
      return .server(account: account, text: String(text.dropFirst(account.count + 2).drop(while: \.isWhitespace)))
    }
    let account = text.dropSuffix("'s password:")
    guard let account, account.contains("@"), !account.contains(where: \.isWhitespace) else {
      return .server(account: nil, text: text)
    }
    return .server(account: account, text: text)
  }

  private static func sshName(ofKeyType type: String) -> String {
    switch type {
    case "ED25519": "ssh-ed25519"
    case "RSA": "ssh-rsa"
    case "ECDSA": "ecdsa-sha2-nistp256"
    default: type
    }
  }

  /// Decodes the octal numbers (`\303\263`) of `ssh` for bytes outside the locale (utf8.c).
  static func unescaped(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var plain: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let digits = bytes[min(index + 1, bytes.count)..<min(index + 4, bytes.count)]
      let number = bytes[index] == UInt8(ascii: "\\") ? Int(String(decoding: digits, as: UTF8.self), radix: 8) : nil
      if digits.count == 3, let number, (0x80...0xFF).contains(number) {
        plain.append(UInt8(number))
        index += 4
      } else {
        plain.append(bytes[index])
        index += 1
      }
    }
    // A server whose messages are in Latin-1.
    return String(validating: plain, as: UTF8.self)
      ?? String(String.UnicodeScalarView(plain.map { Unicode.Scalar($0) }))
  }
}

extension String {
  /// The text between the first `start` and the next `end`.
  func inside(_ start: String, _ end: String) -> String? {
    guard let from = firstRange(of: start)?.upperBound, let to = self[from...].firstRange(of: end)?.lowerBound
    else { return nil }
    return String(self[from..<to])
  }

  func trimmingSuffix(while isDropped: (Character) -> Bool) -> String {
    var rest = self[...]
    while let last = rest.last, isDropped(last) { rest = rest.dropLast() }
    return String(rest)
  }

  /// The text in front of `suffix`; `nil` without it.
  func dropSuffix(_ suffix: String) -> String? {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : nil
  }
}
