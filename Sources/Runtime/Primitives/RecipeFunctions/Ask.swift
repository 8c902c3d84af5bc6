import Contract
import Diagnosis
import Values

extension Primitive {
  static let ask = Primitive(
    "ask", "Asks the user a question, and returns the answer as text.", scope: .recipe, needs: nil,
    Parameter<String>("question", "The question, with its question mark."),
    Parameter<String?>("default", "The answer in a plan or an unattended run."),
    Parameter<[String]>("one_of", "The allowed answers.", default: []),
    example: #"local name = ask { "Which account?", default = "pi" }"#
  ) { context, question, fallback, choices in
    let kind: Question.Kind = choices.isEmpty ? .text : .choice(choices)
    let planned: [String: LuaValue] = [:]
    return .observe(question, planned: planned, plain: fallback.map { .string($0) } ?? .nil) {
      let wanted = Question(question, kind: kind, defaultAnswer: fallback, branch: context.branch)
      guard let answer = try await context.services.ask(wanted) else {
        throw Failure(
          .unanswered, "\"\(question)\" has no answer",
          fix: ["run it in a terminal", "ssh-recipes run --answer '\(question)=…' …"])
      }
      guard choices.isEmpty || choices.contains(answer) else { throw Failure(answer, notAmong: choices, question) }
      return Observation(question, plain: .string(answer))
    }
  }

  static let confirm = Primitive(
    "confirm", "Asks the user a yes-or-no question, and returns true for yes.", scope: .recipe, needs: nil,
    Parameter<String>("question", "A question to be answered with yes or no."),
    Parameter<Bool>("default", "The answer in a plan, or without a terminal.", default: false),
    example: #"if confirm "Remove the ACL of the home?" then … end"#
  ) { context, question, fallback in
    .observe(question, planned: [:], plain: .boolean(fallback)) {
      let wanted = Question(
        question, kind: .confirm, defaultAnswer: fallback ? "yes" : "no", branch: context.branch)
      let answer = try await context.services.ask(wanted)
      if let answer, !["yes", "no"].contains(answer) { throw Failure(answer, notAmong: ["yes", "no"], question) }
      return Observation(question, plain: .boolean(answer.map { $0 == "yes" } ?? fallback))
    }
  }
}

extension Failure {
  /// The failure for an answer of the command line that the question does not allow.
  fileprivate init(_ answer: String, notAmong choices: [String], _ question: String) {
    self.init(
      .unanswered, "\"\(answer)\" is no answer to \"\(question)\"",
      fix: ["answer with one of \(choices.joined(separator: ", "))"])
  }
}
