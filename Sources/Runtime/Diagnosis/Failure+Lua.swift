import Values

/// A failure becomes a table in a recipe, and is restored in full when the recipe raises the table again.
extension Failure {
  /// The fields of ``luaFields``.
  package static let fieldNames = [
    "kind", "message", "primitive", "host", "gate", "cause", "explanation", "status", "stderr", "step", "position",
    "within",
    "action", "traceback", "seen", "fix", "paths", "failures",
  ]

  package var luaFields: [String: LuaValue] {
    var fields: [String: LuaValue] = ["kind": .string(kindName), "message": .string(message)]
    fields["primitive"] = primitive.map { .string($0) }
    fields["host"] = host.map { .string($0) }
    fields["gate"] = gate.map { .string($0.rawValue) }
    fields["cause"] = cause.map { .string($0.id) }
    fields["explanation"] = explanation.map { .string($0) }
    fields["status"] = status.map { .integer(Int64($0)) }
    fields["stderr"] = stderr.map { .string($0) }
    fields["step"] = step.map { .string($0) }
    fields["position"] = position.map { .string($0) }
    fields["within"] = within.map { .string($0) }
    fields["action"] = action.map { .integer(Int64($0)) }
    if !traceback.isEmpty { fields["traceback"] = .table(LuaTable(list: traceback.map { .string($0) })) }
    for (name, texts) in [("seen", seen), ("fix", fix), ("paths", paths)] {
      fields[name] = .table(LuaTable(list: texts.map { .string($0) }))
    }
    if !failures.isEmpty {
      fields["failures"] = .table(LuaTable(list: failures.map { .table(LuaTable(fields: $0.luaFields)) }))
    }
    return fields
  }

  package init(fields: [String: LuaValue]) {
    self.init(kindName: fields["kind"]?.text, fields["message"]?.text ?? "the recipe failed")
    primitive = fields["primitive"]?.text
    host = fields["host"]?.text
    gate = fields["gate"]?.text.flatMap { Gate(rawValue: $0) }
    cause = fields["cause"]?.text.map { Cause(named: $0) }
    explanation = fields["explanation"]?.text
    stderr = fields["stderr"]?.text
    step = fields["step"]?.text
    position = fields["position"]?.text
    within = fields["within"]?.text
    traceback = Self.texts(fields["traceback"])
    if case .integer(let number)? = fields["status"] { status = Int(number) }
    if case .integer(let number)? = fields["action"] { action = Int(number) }
    seen = Self.texts(fields["seen"])
    fix = Self.texts(fields["fix"])
    paths = Self.texts(fields["paths"])
    if case .table(let parts)? = fields["failures"] {
      failures = parts.list.compactMap { if case .table(let part) = $0 { Failure(fields: part.fields) } else { nil } }
    }
  }

  private static func texts(_ value: LuaValue?) -> [String] {
    switch value {
    case .table(let table): table.list.compactMap(\.text)
    case .string(let bytes): [String(decoding: bytes, as: UTF8.self)]
    default: []
    }
  }
}
