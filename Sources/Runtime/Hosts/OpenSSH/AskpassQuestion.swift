/// A question of `ssh`, recognised by its prompt (sshconnect.c, sshconnect2.c, readpass.c; not translated).
enum AskpassQuestion: Equatable {
  /// `account` is `user@host` if ssh names the account, also for a jump host.
  case password(account: String?)
  case passphrase(path: String)
  /// `host` as shown by ssh.
  case hostKey(host: String, keyType: String, fingerprint: String)
  /// Any other question, such as a one-time code or the confirmation of a key. Left unanswered.
  case other(String)

  init(prompt: String) {
    let text = prompt.trimmingSuffix(while: \.isWhitespace)
    if let host = text.inside("authenticity of host '", "'"), text.contains("(yes/no") {
      let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
      let type = words.firstIndex(of: "key").flatMap { $0 > 0 ? words[$0 - 1] : nil } ?? ""
      let fingerprint = words.first { $0.hasPrefix("SHA256:") || $0.hasPrefix("MD5:") } ?? ""
      self = .hostKey(
        host: host, keyType: Self.sshName(ofKeyType: type),
        fingerprint: fingerprint.last == "." ? String(fingerprint.dropLast()) : fingerprint)
    } else if text.hasPrefix("Enter passphrase for") || text.hasPrefix("Enter PIN for") {
      let path = text.inside("'", "'") ?? text.inside("\"", "\"")
      let last = text.split(separator: " ").last.map { String($0).filter { $0 != ":" } }
      self = .passphrase(path: path ?? last ?? "")
    } else if text.hasSuffix("'s password:") {
      self = .password(account: String(text.dropLast("'s password:".count)))
    } else {
      // keyboard-interactive: `(user@host) Password:` since 8.5; before, the server's words alone.
      let account = text.hasPrefix("(") ? text.inside("(", ") ") : nil
      let words = account.map { String(text.dropFirst($0.count + 3)) } ?? text
      self = Self.asksForPassword(words) ? .password(account: account) : .other(text)
    }
  }

  private static func asksForPassword(_ words: String) -> Bool {
    let lower = words.lowercased()
    guard !["one-time", "verification", "otp", "new ", "(current)"].contains(where: lower.contains) else {
      return false
    }
    return ["password", "passwort", "mot de passe", "contraseña", "senha", "wachtwoord", "lösenord", "пароль", "密码"]
      .contains(where: lower.contains)
  }

  private static func sshName(ofKeyType type: String) -> String {
    switch type {
    case "ED25519": "ssh-ed25519"
    case "RSA": "ssh-rsa"
    case "ECDSA": "ecdsa-sha2-nistp256"
    default: type
    }
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
}
