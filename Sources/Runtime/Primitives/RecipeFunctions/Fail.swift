import Contract
import Diagnosis
import Values

extension Primitive {
  static let fail = Primitive(
    "fail", "Ends the recipe with a failure: a sentence, or the result of a check such as verify_login.",
    scope: .recipe, needs: nil,
    Parameter<AnyArgument>("reason", "A sentence, or a table with `message`, `cause`, `seen`, `fix`."),
    example: #"if not login.ok then fail(login) end"#
  ) { _, reason in
    throw Failure(reason: reason.value)
  }
}

extension Failure {
  /// The failure for the argument of `fail`: a sentence or a table.
  init(reason value: LuaValue) {
    switch value {
    case .table(let table): self.init(fields: table.fields)
    case .string(let bytes): self.init(.failed, String(decoding: bytes, as: UTF8.self))
    default: self.init(.failed, "the recipe failed with \(value.shortText)")
    }
  }
}
