import Contract
import Values

extension Primitive {
  static let manual = Primitive(
    "manual", "Asks the user for a manual step on a device, and checks the result.",
    scope: .recipe, needs: nil,
    Parameter<String>("title", "The task."),
    Parameter<String>("clicks", "The instructions, click by click."),
    Parameter<FunctionArgument?>("check", "A function that returns true once the task is done."),
    results: [ResultField("ok", "boolean", "Whether the task is done, by the check or the user's answer.")],
    done: "The check was called again, and returned true.",
    example: #"manual { "Enable SSH", clicks = "Control Panel > Terminal & SNMP", check = function() … end }"#
  ) { context, title, clicks, check in
    let services = context.services
    let isDone = { @Sendable () async throws -> Bool in
      guard let check else { return false }
      return try await services.call(check.function, [], branch: context.branch).first == .boolean(true)
    }
    return .observe("by hand: \(title)", planned: ["ok": .boolean(true)]) {
      // A completed step needs no prompt.
      if try await isDone() { return Observation("\(title): is so already", fields: ["ok": .boolean(true)]) }
      for round in 1...3 {
        let question = Question(title, kind: .manual(clicks: clicks), isAgain: round > 1)
        guard try await services.ask(question) == "done" else { break }
        if check == nil { return Observation("\(title): said to be done", fields: ["ok": .boolean(true)]) }
        if try await isDone() { return Observation("\(title): done", fields: ["ok": .boolean(true)]) }
        context.warn("\(title): this is not so yet")
      }
      return Observation("\(title): not done", fields: ["ok": .boolean(false)], isGood: false)
    }
  }
}
