import Contract
import Values

extension Primitive {
  static let manual = Primitive(
    "manual", "Asks the user for a manual step on a device, and checks the result.",
    scope: .recipe, needs: nil,
    Parameter<String>("title", "The task."),
    Parameter<String>("clicks", "The instructions, click by click."),
    Parameter<FunctionArgument?>("check", "A function that returns true once the task is done."),
    results: [
      ResultField("ok", "boolean", "Whether the task is done, by the check or, without a check, the user's answer."),
      ResultField("answer", "string", "`done`, `skipped`, `not done`, or `not confirmed` if the run could not ask."),
    ],
    done: "The check was called again, and returned true.",
    example: #"manual { "Enable SSH", clicks = "Control Panel > Terminal & SNMP", check = function() … end }"#
  ) { context, title, clicks, check in
    let services = context.services
    let isDone = { @Sendable () async throws -> Bool in
      guard let check else { return false }
      return try await services.call(check.function, [], branch: context.branch).first == .boolean(true)
    }
    @Sendable func end(_ answer: ManualStep.Answer, _ text: String? = nil) -> Observation {
      let isOK = answer == .done
      var observation = Observation(
        "\(title): \(text ?? answer.rawValue)",
        fields: ["ok": .boolean(isOK), "answer": .string(answer.rawValue)], isGood: isOK)
      observation.manualStep = ManualStep(title, answer)
      return observation
    }
    let planned: [String: LuaValue] = ["ok": .boolean(true), "answer": .string(ManualStep.Answer.done.rawValue)]
    return .observe("by hand: \(title)", planned: planned) {
      // A completed step needs no prompt, and is no work of the user's in this run.
      if try await isDone() { return Observation("\(title): is so already", fields: planned) }
      for round in 1...3 {
        let question = Question(title, kind: .manual(clicks: clicks), isAgain: round > 1, branch: context.branch)
        let answer = try await services.ask(question).flatMap(ManualStep.Answer.init) ?? .unconfirmed
        guard answer == .done else { return end(answer) }
        if check == nil { return end(.done, "said to be done") }
        if try await isDone() { return end(.done) }
        context.warn("\(title): this is not so yet")
      }
      return end(.notDone)
    }
  }
}
