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
    if case .table(let table) = reason.value { try Failure.check(table) }
    throw Failure(reason: reason.value)
  }
}

extension Failure {
  /// Refuses a table with words that would be lost, such as a misspelt `message`.
  ///
  /// - Throws: ``Failure`` of kind `argument`.
  fileprivate static func check(_ table: LuaTable) throws {
    // Results of checks may be passed on whole.
    let results = Catalogue.builtIn.primitives.flatMap(\.results).map(\.name)
    let known = Set(fieldNames + results + ["changed", "planned"])
    for name in table.fields.keys.sorted() where !known.contains(name) {
      throw ArgumentError.unknown(parameter: "reason.\(name)", nearest: NearestName.find(name, among: fieldNames))
    }
    guard table.fields["message"] == nil, table.list.count > 1 else { return }
    throw ArgumentError.tooMany(given: table.list.count, taken: 1)
  }

  /// The failure for the argument of `fail`: a sentence or a table.
  init(reason value: LuaValue) {
    switch value {
    case .table(let table):
      var fields = table.fields
      if fields["message"] == nil, let first = table.list.first?.text { fields["message"] = .string(first) }
      self.init(fields: fields)
    case .string(let bytes): self.init(.failed, String(decoding: bytes, as: UTF8.self))
    default: self.init(.failed, "the recipe failed with \(value.shortText)")
    }
  }
}
