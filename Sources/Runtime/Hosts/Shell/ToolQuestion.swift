/// A question of sudo, doas or su, or of PAM by way of them, at the end of their output: a last line without an end.
struct ToolQuestion {
  /// The question, with PAM's messages in front.
  let text: String

  init?(_ output: some StringProtocol) {
    guard output.last?.isNewline == false else { return nil }
    text = String(output.drop(while: \.isWhitespace)).trimmingSuffix(while: \.isWhitespace)
    guard let last = text.last, Self.endings.contains(last) else { return nil }
  }

  private static let endings = ":：?>]"

  /// The kind of the question, without the tool's mark: `[sudo] `, `[sudo: authenticate] `, `doas (pi@host) `.
  func prompt(of user: String?) -> PasswordPrompt {
    var line = (text.split(whereSeparator: \.isNewline).last ?? "")[...]
    for (start, end) in [("[sudo", "]"), ("doas (", ")")] where line.hasPrefix(start) {
      line = line.firstRange(of: end).map { line[$0.upperBound...] } ?? line
    }
    return PasswordPrompt(String(line), user: user, accounts: [])
  }

  func isPassword(of user: String?) -> Bool { prompt(of: user) == .loginPassword }
}
