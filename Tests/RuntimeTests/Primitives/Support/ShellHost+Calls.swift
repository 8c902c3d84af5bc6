import Testing

@testable import Contract
@testable import Diagnosis
@testable import Hosts
@testable import Values

extension ShellHost {
  /// The result of one call.
  struct Outcome {
    /// The value that the recipe gets.
    var value: LuaValue
    /// `nil` for an answer and an observation.
    var changed: Bool?
    var what: String
    var diff: String?
    /// Of an observation that was made.
    var isGood: Bool?

    var fields: [String: LuaValue] { if case .table(let table) = value { table.fields } else { [:] } }

    subscript(name: String) -> LuaValue { fields[name] ?? .nil }
  }

  /// Calls a primitive as a recipe would, and carries out its decision.
  ///
  /// - Parameter plan: in memory only.
  @discardableResult
  func call(_ primitive: Primitive, _ fields: [String: LuaValue] = [:], plan: Bool = false) async throws -> Outcome {
    let body = try primitive.prepare([.table(LuaTable(fields: fields))])
    return try await carryOut(
      try await body(PrimitiveContext(reader: reader, here: here, services: services)), plan: plan)
  }

  /// The failure that a call ends with.
  func failure(_ primitive: Primitive, _ fields: [String: LuaValue] = [:]) async throws -> Failure {
    try #require(await #expect(throws: Failure.self) { try await self.call(primitive, fields) })
  }

  /// Does what was decided, as a run or a plan would.
  func carryOut(_ decision: Decision, plan: Bool = false) async throws -> Outcome {
    switch decision {
    case .unchanged(let why, let fields): return outcome(fields, changed: false, why)
    case .value(let fields, let what): return Outcome(value: .table(fields), what: what ?? "")
    case .plain(let value, let what): return Outcome(value: value, what: what ?? "")
    case .change(let what, let planned, let diff, let act):
      let writer: any Writer = plan ? OverlayWriter(reader: reader) : ApplyWriter(host: host, runID: "test")
      var fields = planned
      do { fields = try await act(writer) } catch is DecidedAtRunTime where plan {}
      return outcome(fields, changed: true, what, diff)
    case .observe(let what, let planned, let plain, let look):
      guard !plan else { return Outcome(value: plain ?? .table(planned), what: what) }
      let seen = try await look()
      return Outcome(value: seen.plain ?? .table(seen.fields), what: seen.summary, isGood: seen.isGood)
    }
  }

  private func outcome(
    _ fields: [String: LuaValue], changed: Bool, _ what: String, _ diff: String? = nil
  ) -> Outcome {
    let value = LuaValue.table(fields.merging(["changed": .boolean(changed)]) { field, _ in field })
    return Outcome(value: value, changed: changed, what: what, diff: diff)
  }
}

extension LuaValue {
  static func table(_ fields: [String: LuaValue]) -> LuaValue { .table(LuaTable(fields: fields)) }
  static func list(_ values: [LuaValue]) -> LuaValue { .table(LuaTable(list: values)) }
}
