import Diagnosis

/// The prompts between the start of a command and its shell, when `sudo` or `su` asks for a password.
///
/// Prompts are recognised by words of our own, independent of the language. A secret is written only after its prompt:
/// a shell started without a prompt would run the password as a command.
struct ShellGate: Sendable {
  /// The word that the command prints when it starts; earlier output comes from the account's start-up files.
  let begun: String
  /// The word that the shell prints when ready.
  let ready: String
  /// The tool's prompt for each password.
  let prompt: String
  /// Whether the account whose password is wanted, and a colon, follow the prompt.
  let namesAccount: Bool
  /// - Parameters:
  ///   - attempt: counts from 1.
  ///   - account: the account whose password is wanted, if the prompt names it.
  /// - Returns: the line to send, or `nil` to give up.
  let answer: @Sendable (_ attempt: Int, _ account: String?) async -> Secret?
  /// - Parameter text: a question other than the tool's prompt, with PAM's messages in front.
  /// - Returns: the line to send, or `nil` to give up.
  let answerQuestion: @Sendable (_ text: String) async -> Secret?
  /// The error for a command without further output, and without a question that can be answered.
  ///
  /// - Parameters:
  ///   - hasBegun: whether the command has started at all.
  ///   - text: the last output.
  let silence: @Sendable (_ hasBegun: Bool, _ text: String) -> HostError

  /// Seconds until the command starts, and until the tool's next output. The time of a question to the user does not
  /// count.
  static let patience = (start: 60, tool: 60)
  /// Seconds after which a line without an end is taken for a question.
  static let pauseOfQuestion = 2

  /// The question of a prompt after an answer, if the tool has not refused the answer: PAM asks for something else under
  /// the same name.
  ///
  /// - Parameter text: the output from the answer to the prompt's end.
  static func otherQuestion(in text: String) -> String? {
    guard !Cause.wrongRootPasswordSigns.contains(where: text.contains) else { return nil }
    let lines = text.split(whereSeparator: \.isNewline).dropLast()
    let says = lines.contains { !$0.allSatisfy(\.isWhitespace) }
    return (lines.map(String.init) + [says ? PasswordPrompt.again : PasswordPrompt.another]).joined(separator: "\n")
  }

  enum Sight: Equatable {
    case begun
    case ready
    case asked(of: String?)
  }

  /// Finds the first word or prompt in `text`, and removes everything up to its end.
  func look(at text: inout [UInt8]) -> Sight? {
    let all = String(decoding: text, as: UTF8.self)
    let promptEnd = all.firstRange(of: prompt)?.upperBound
    var sights: [(end: String.Index, sight: Sight)] = []
    if let end = all.firstRange(of: begun)?.upperBound { sights.append((end, .begun)) }
    if let end = all.firstRange(of: ready)?.upperBound { sights.append((end, .ready)) }
    if let promptEnd, !namesAccount, ToolQuestion(all[..<promptEnd])?.isPassword(of: nil) == true {
      sights.append((promptEnd, .asked(of: nil)))
    }
    if let promptEnd, namesAccount, let colon = all[promptEnd...].firstIndex(of: ":") {
      let account = String(all[promptEnd..<colon])
      // A sudo that does not know `%p` prints the two characters.
      sights.append((all.index(after: colon), .asked(of: account.isEmpty || account == "%p" ? nil : account)))
    }
    guard let first = sights.min(by: { $0.end < $1.end }) else { return nil }
    text = Array(all[first.end...].utf8)
    return first.sight
  }
}
