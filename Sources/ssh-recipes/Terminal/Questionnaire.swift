import Contract
import Values

/// Puts a recipe's question to the user, and repeats it until the answer is valid.
struct Questionnaire {
  let conversation: any Conversation

  init(_ conversation: any Conversation) { self.conversation = conversation }

  /// - Returns: `nil` at the end of input.
  func ask(_ question: Question) async -> String? {
    var question = question
    if let subject = question.subject, !question.text.contains(subject) {
      question.text = "\(subject): \(question.text)"
    }
    return switch question.kind {
    case .text: await text(question)
    case .confirm: await confirm(question)
    case .choice(let choices): await choice(question, choices)
    case .manual(let clicks): await manual(question, clicks)
    }
  }

  private func text(_ question: Question) async -> String? {
    let hint = question.defaultAnswer.map { " [\($0.visible)]" } ?? ""
    guard let answer = await conversation.askText("\(question.text.visible)\(hint) ") else { return nil }
    return answer.isEmpty ? question.defaultAnswer ?? "" : answer
  }

  private func confirm(_ question: Question) async -> String? {
    let isYesDefault = question.defaultAnswer == "yes"
    while true {
      let prompt = "\(question.text.visible) [\(isYesDefault ? "Y/n" : "y/N")] "
      guard let answer = await conversation.askText(prompt)?.lowercased() else { return nil }
      if answer.isEmpty { return isYesDefault ? "yes" : "no" }
      if ["y", "yes"].contains(answer) { return "yes" }
      if ["n", "no"].contains(answer) { return "no" }
      conversation.tell("Please answer with y or n.")
    }
  }

  private func choice(_ question: Question, _ choices: [String]) async -> String? {
    let hint = question.defaultAnswer.map { " [\($0.visible)]" } ?? ""
    let names = choices.map(\.visible).joined(separator: ", ")
    while true {
      guard let answer = await conversation.askText("\(question.text.visible) (\(names))\(hint) ") else { return nil }
      if answer.isEmpty, let known = question.defaultAnswer { return known }
      if choices.contains(answer) { return answer }
      let nearest = NearestName.find(answer, among: choices).map { "; did you mean \"\($0.visible)\"?" } ?? ""
      conversation.tell("\"\(answer.visible)\" is not one of \(names)\(nearest)")
    }
  }

  private func manual(_ question: Question, _ clicks: String) async -> String? {
    conversation.tell("Manual step: \(question.text.visible)\n")
    for line in clicks.visibleLines { conversation.tell("    " + line) }
    conversation.tell("")
    while true {
      let prompt = "Is it done? Return or y: done, n: not done, s: skip it. "
      guard let answer = await conversation.askText(prompt)?.lowercased() else { return nil }
      let known: ManualStep.Answer? =
        switch answer {
        case "", "y", "yes", "done": .done
        case "n", "no": .notDone
        case "s", "skip": .skipped
        default: nil
        }
      if let known { return known.rawValue }
      conversation.tell("Please answer with y, n or s.")
    }
  }
}
