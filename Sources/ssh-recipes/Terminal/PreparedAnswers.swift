import Contract
import Hosts

/// Answers to a recipe's questions from the command line: `--answer QUESTION=VALUE` and `--secret QUESTION=COMMAND`.
struct PreparedAnswers: Sendable {
  private struct Entry<Value: Sendable>: Sendable {
    /// The question, or a part of the question; case does not count.
    var question: String
    var value: Value

    func fits(_ text: String) -> Bool { text.lowercased().contains(question.lowercased()) }
  }

  private var answers: [Entry<String>]
  private var secrets: [Entry<PasswordSource>]

  /// - Parameters:
  ///   - answers: each as `QUESTION=VALUE`.
  ///   - secrets: each as `QUESTION=COMMAND`.
  init(answers: [String] = [], secrets: [String] = []) {
    self.answers = answers.compactMap(Self.split).map { Entry(question: $0, value: $1) }
    self.secrets = secrets.compactMap(Self.split).map {
      Entry(question: $0, value: PasswordSource(.command($1), option: "--secret"))
    }
  }

  /// Splits at the first `=`. For a question with a `=`, give the part in front of the `=`.
  static func split(_ text: String) -> (question: String, value: String)? {
    guard let place = text.firstIndex(of: "="), place > text.startIndex else { return nil }
    return (String(text[..<place]), String(text[text.index(after: place)...]))
  }

  /// - Returns: `nil` if no entry fits the question.
  func answer(to question: Question) -> String? {
    guard let value = answers.first(where: { $0.fits(question.text) })?.value else { return nil }
    switch (question.kind, value.lowercased()) {
    case (.confirm, "y"): return "yes"
    case (.confirm, "n"): return "no"
    case (.confirm, let value): return value
    case (.manual, "y"), (.manual, "yes"): return ManualStep.Answer.done.rawValue
    case (.manual, "n"), (.manual, "no"): return ManualStep.Answer.notDone.rawValue
    case (.manual, "s"), (.manual, "skip"): return ManualStep.Answer.skipped.rawValue
    case (.text, _), (.choice, _), (.manual, _): return value
    }
  }

  func secret(for question: String) -> PasswordSource? { secrets.first { $0.fits(question) }?.value }
}
