import Contract
import Diagnosis
import Hosts
import LoginSafety
import Values

extension PrimitiveCall {
  /// A call made by a primitive written in Lua, as part of that primitive's call.
  ///
  /// - Throws: ``Failure``.
  func carryOut(_ body: Primitive.Body, within frame: PluginFrame) async throws -> [LuaValue] {
    do {
      try frame.admit(primitive)
      try Task.checkCancellation()
      // Already said when the body ran first.
      if frame.phase == .checking, ["note", "warn"].contains(primitive.name) { return [.nil] }
      var inner = self
      inner.context.call = frame.call
      inner.context.caller = frame.caller
      if primitive.scope == .recipe, primitive.name != "parallel" { inner.context.branch = frame.branch }
      if primitive.scope == .host { try await run.endEarlierWatchdogs(context.reader, branch: frame.branch) }
      guard primitive.scope == .host, context.host.isHere, !frame.hasTurnHere else {
        return shaped(try await inner.followed(body, frame))
      }
      let caller = inner
      return shaped(try await run.computer.alone { try await caller.followed(body, frame) })
    } catch {
      var failure = run.failure(from: error, in: primitive, host: primitive.scope == .host ? context.host : nil)
      failure.position = failure.position ?? context.position
      throw failure
    }
  }

  private func followed(_ body: Primitive.Body, _ frame: PluginFrame) async throws -> [LuaValue] {
    switch try await decision(body) {
    case .unchanged(_, let fields): return [result(fields, changed: false)]
    case .change(let what, let planned, let diff, let act):
      guard !frame.isDeciding else { throw frame.mayNot(primitive, what) }
      if let diff { run.state.update { $0.diffs[frame.call, default: ""] += diff } }
      return [result(try await change(act, planned: planned, call: frame.call), changed: true)]
    case .value(let fields, _): return [.table(LuaTable(fields: fields))]
    case .plain(let value, _): return [value]
    case .observe(let what, let planned, let plain, let look):
      if run.options.isPlan, !frame.isDeciding || context.reader.isPlanned {
        return [plain ?? .table(LuaTable(fields: planned))]
      }
      guard !frame.isDeciding else { throw frame.mayNot(primitive, what) }
      let seen = try await look()
      return [seen.plain ?? .table(LuaTable(fields: seen.fields))]
    }
  }
}
