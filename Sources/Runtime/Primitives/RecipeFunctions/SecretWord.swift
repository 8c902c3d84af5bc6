import Contract
import Hosts
import Values

extension Primitive {
  static let secret = Primitive(
    "secret", "Asks the user for a secret that the recipe can pass on but not read.", scope: .recipe, needs: nil,
    Parameter<String>("question", "The name of the secret, such as `Password of the backup account`."),
    done: "Only `run` takes the value, as `input`. It is never shown, logged or written to disk.",
    example: #"nas:run { "backup --login-from-stdin", input = secret "Password of the backup account" }"#
  ) { context, question in
    let services = context.services
    let planned = LuaValue.object(LuaObject(kind: CommandInput.secretKind, id: 0))
    return .observe(question, planned: [:], plain: planned) {
      let request = SecretRequest.recipe(question: question)
      guard let secret = await services.secret(for: request, attempt: 1) else {
        throw HostError.secretNeeded(request)
      }
      let number = services.keep(secret)
      return Observation(question, plain: .object(LuaObject(kind: CommandInput.secretKind, id: number)))
    }
  }
}
