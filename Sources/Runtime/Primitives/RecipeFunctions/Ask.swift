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
      guard let answer = try await context.services.ask(Question(question, kind: kind, defaultAnswer: fallback)) else {
        throw Failure(
          .unanswered, "nobody is here to answer \"\(question)\"", fix: ["run it in a terminal"])
      }
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
      let wanted = Question(question, kind: .confirm, defaultAnswer: fallback ? "yes" : "no")
      let answer = try await context.services.ask(wanted)
      return Observation(question, plain: .boolean(answer.map { $0 == "yes" } ?? fallback))
    }
  }
}
