/// The kind of a server's question, judged by its last line: sshd puts PAM's messages in front of the prompt.
enum PasswordPrompt: Equatable {
  /// Certainly the login account's password.
  case loginPassword
  /// A password, but not certainly the account's: a new or current password, or the password of another service.
  case otherPassword
  /// A code, a choice, or any other answer.
  case other

  /// - Parameters:
  ///   - text: the prompt without the mark of `ssh` in front of it.
  ///   - user: the account's name, if known.
  ///   - accounts: the account's name with its host, in all forms in which `ssh` writes it.
  init(_ text: String, user: String?, accounts: [String]) {
    let line = Self.question(in: text)
    let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
    let hasNoun = Self.nouns.contains(where: line.contains)
    if Self.isPassword(line, words, user: user?.lowercased(), accounts: accounts.map { $0.lowercased() }) {
      self = .loginPassword
    } else {
      self = hasNoun && !Self.asksForCode(line, words) ? .otherPassword : .other
    }
  }

  /// The question of a prompt for a password that follows a right one.
  static let another = "another password (the first was not refused):"

  /// The same where the tool says something in between, such as an insult in place of sudo's own words.
  static let again = "a password once more (the first was wrong, or another one is wanted):"

  /// The last line with letters, in lower case, without colons and blanks at its end and without invisible characters.
  static func question(in text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) } ?? ""
    let visible = String(
      String.UnicodeScalarView(line.unicodeScalars.filter { $0.properties.generalCategory != .format }))
    let start = visible.drop(while: \.isWhitespace)
    return String(start).trimmingSuffix { $0.isWhitespace || ":：៖".contains($0) }.lowercased()
  }

  private static func isPassword(_ line: String, _ words: [String], user: String?, accounts: [String]) -> Bool {
    if nouns.contains(line) { return true }
    if let owner = line.dropSuffix("'s password") { return accounts.contains(owner) || owner == user }
    // "LDAP password", "Enter your password".
    let opening = words.prefix { openings.contains($0) }
    var rest = words.dropFirst(opening.count)
    if opening.count <= 3, nouns.contains(rest.joined(separator: " ")) { return true }
    // "Password for pi@EXAMPLE.ORG" (Kerberos, FreeBSD), "Hasło dla pi".
    guard let user, let last = rest.popLast(), rest.popLast() != nil else { return false }
    let name = last.filter { !"'`\"".contains($0) }
    return opening.count <= 3 && nouns.contains(rest.joined(separator: " "))
      && (name == user || name.hasPrefix(user + "@"))
  }

  private static func asksForCode(_ line: String, _ words: [String]) -> Bool {
    let parts = line.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    return parts.contains(where: codeWords.contains) || codeSigns.contains(where: line.contains)
  }

  /// Words in front of "password" that do not change the password's owner.
  private static let openings: Set<String> = [
    "ldap", "kerberos", "krb5", "tacacs", "tacacs+", "unix", "linux", "system", "local", "ad", "domain", "windows",
    "login", "account", "user", "ssh", "your", "the",
    "please", "enter", "type", "input",
  ]
  private static let codeWords: Set<String> = [
    "code", "otp", "totp", "hotp", "token", "pin", "passcode", "verification", "authenticator", "oath", "yubikey",
    "duo", "challenge", "response", "captcha", "mfa", "2fa", "factor", "sms",
  ]
  private static let codeSigns = [
    "one-time", "one time", "onetime", "einmal", "usage unique", "un solo uso", "monouso", "jednoraz", "engangs",
    "engångs", "kertakäyt", "eenmalig", "одноразов", "ワンタイム", "一次性", "动态", "動態", "일회용",
  ]
}
