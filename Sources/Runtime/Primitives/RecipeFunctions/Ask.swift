import Contract
import Diagnosis
import Values

extension Primitive {
  static let ask = Primitive(
    "ask", "Asks the person a question and gives the answer as text.", scope: .recipe, needs: nil,
    Parameter<String>("question", "The question, with its question mark."),
    Parameter<String?>("default", "The answer when nobody is asked: in a plan, or unattended."),
    Parameter<[String]>("one_of", "The answers that are allowed.", default: []),
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
    "confirm", "Asks the person to agree; true for yes.", scope: .recipe, needs: nil,
    Parameter<String>("question", "A question that yes or no answers."),
    Parameter<Bool>("default", "The answer of a plan, and when nobody is there.", default: false),
    example: #"if confirm "Remove the ACL of the home?" then … end"#
  ) { context, question, fallback in
    .observe(question, planned: [:], plain: .boolean(fallback)) {
      let wanted = Question(question, kind: .confirm, defaultAnswer: fallback ? "yes" : "no")
      let answer = try await context.services.ask(wanted)
      return Observation(question, plain: .boolean(answer.map { $0 == "yes" } ?? fallback))
    }
  }
}
