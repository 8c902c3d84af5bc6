import Contract
import Diagnosis
import Hosts
import Lua
import Recipes
import Values

extension Run: RunPlugins {
  func decision(
    of primitive: String, _ arguments: [String: LuaValue], in context: PrimitiveContext
  ) async throws -> Decision {
    guard let entry = setup.library.entries[primitive] else {
      throw Failure(.member, "there is no primitive '\(primitive)' for this recipe")
    }
    await sendAhead(for: context)
    return try await PluginCall(run: self, entry: entry, arguments: arguments, context: context).decide()
  }
}

/// One call of a primitive written in Lua: the body decides, the function of its change acts, and the body looks again.
struct PluginCall {
  let run: Run
  let entry: PrimitiveLibrary.Entry
  let arguments: [String: LuaValue]
  let context: PrimitiveContext

  private var name: String { entry.file.name }
  private var argumentTable: LuaValue { LuaShape.arguments(of: entry.primitive).table(arguments) }

  func decide() async throws -> Decision {
    let outer = run.state.frame(of: context.branch)
    let chain = (outer?.chain ?? []) + [name]
    if outer?.chain.contains(name) == true {
      throw Failure(.recipe, "primitives call each other in a circle: \(chain.joined(separator: " -> "))")
    }
    let declaration = try await run.bodies.declaration(of: entry, in: run)
    let body = declaration.body
    if let check = declaration.check {
      _ = try await call(check, [argumentTable], .deciding, chain)
    }
    switch try await ask(body, .deciding, chain) {
    case .unchanged(let why, let fields): return .unchanged(why, fields)
    case .answer(let fields): return .value(fields)
    case .change(let what, let act, let fields):
      let planned = fields.merging(["planned": .boolean(true)]) { field, _ in field }
      return .change(what, planned: planned) { _ in
        let made = try await perform(act, chain)
        if run.options.isPlan { return planned }
        return fields.merging(made) { $1 }.merging(try await check(body, what, chain)) { $1 }
      }
    }
  }

  private func ask(
    _ body: LuaFunctionReference, _ phase: PluginFrame.Phase, _ chain: [String]
  ) async throws -> PluginDecision {
    let host = LuaValue.object(LuaObject(kind: HostArgument.objectKind, id: context.host.id))
    let given = [host, argumentTable, .boolean(phase == .checking)]
    let results: [LuaValue]
    do { results = try await call(body, given, phase, chain) } catch {
      // After a planned command, the host is not yet as the body expects.
      guard run.options.isPlan, phase == .deciding, context.host.overlay.hasCommands,
        !Self.isMistake(error)
      else { throw error }
      throw DecidedAtRunTime()
    }
    let result = results.first ?? .nil
    if let decision = run.bodies.decision(result) {
      try check(decision.fields, from: phase)
      return decision
    }
    if let answer = PluginDecision(answer: result) {
      try check(answer.fields, from: phase)
      return answer
    }
    throw told(phase.returned(result.shortText, by: name))
  }

  private func check(_ fields: [String: LuaValue], from phase: PluginFrame.Phase) throws {
    do { try PluginResults(primitive: entry.primitive).check(fields, from: phase.origin(in: name)) } catch {
      throw told(run.failure(from: error))
    }
  }

  /// Whether an error is the author's in any state of the host.
  private static func isMistake(_ error: any Error) -> Bool {
    guard let failure = error as? Failure else { return false }
    let kinds: [Failure.Kind] = [
      .permission, .argument, .member, .place, .module, .syntax, .refused, .lockout, .cancelled,
    ]
    return kinds.contains(failure.kind)
  }

  private func perform(_ act: LuaFunctionReference, _ chain: [String]) async throws -> [String: LuaValue] {
    do {
      let result = try await call(act, [], .acting, chain).first ?? .nil
      if result == .nil { return [:] }
      guard case .table(let table) = result, table.list.isEmpty else {
        throw told(PluginFrame.Phase.acting.returned(result.shortText, by: name))
      }
      try check(table.fields, from: .acting)
      return table.fields
    } catch {
      // The unknown result of a planned command may mislead the rest of the function.
      guard run.options.isPlan, context.host.overlay.hasCommands, !Self.isMistake(error) else { throw error }
      return [:]
    }
  }

  /// - Throws: ``Failure`` of kind `not-as-wanted`.
  private func check(
    _ body: LuaFunctionReference, _ what: String, _ chain: [String]
  ) async throws -> [String: LuaValue] {
    switch try await ask(body, .checking, chain) {
    case .unchanged(_, let fields), .answer(let fields): return fields
    case .change(let again, _, _):
      var failure = Failure(
        .notAsWanted, "'\(name)' has made its change, and then did not find all as wanted",
        explanation: "it would change once more: \(again)", seen: ["made: \(what)"])
      failure.within = entry.file.path
      throw failure
    }
  }

  private func call(
    _ function: LuaFunctionReference, _ arguments: [LuaValue], _ phase: PluginFrame.Phase, _ chain: [String]
  ) async throws -> [LuaValue] {
    let branch = run.numbers.branch()
    let outer = run.state.frame(of: context.branch)
    let frame = PluginFrame(
      primitive: entry.primitive, phase: phase, call: context.call ?? 0, branch: outer?.branch ?? context.branch,
      hasTurnHere: context.host.isHere || outer?.hasTurnHere == true, chain: chain)
    run.state.update { state in
      state.parents[branch] = context.branch
      state.frames[branch] = frame
    }
    defer {
      run.state.update { state in
        state.parents[branch] = nil
        state.frames[branch] = nil
      }
    }
    do { return try await run.machine.call(function, arguments, branch: branch) } catch {
      if error.position == nil, let value = error.unreadableResult { throw told(phase.returned(value, by: name)) }
      throw error.kind == .limit ? exhausted(error) : told(run.failure(from: error))
    }
  }
}
