import Contract
import Diagnosis
import Hosts
import LoginSafety
import Values

/// One call of a primitive: decides, acts with the writer that fits the run, and tells of it.
struct PrimitiveCall {
  let run: Run
  let primitive: Primitive
  let context: PrimitiveContext

  private var hostName: String { context.host.name }

  /// - Throws: ``Failure``.
  func carryOut(_ body: Primitive.Body) async throws -> [LuaValue] {
    let clock = ContinuousClock()
    let start = clock.now
    var action = Action(
      id: run.numbers.action(), primitive: primitive.name, host: hostName, branch: context.branch,
      step: run.state.step(of: context.branch), position: context.position, state: .began, what: primitive.name,
      diff: nil, duration: .zero)
    // Words of the recipe tell of themselves; only hosts' work is worth a line of its own.
    if primitive.scope == .host { run.sink.receive(.action(action)) }
    do {
      try Task.checkCancellation()
      if primitive.scope == .host { try await run.settleEarlierWatchdogs(context.reader, branch: context.branch) }
      let values = try await turn(body, &action)
      action.duration = clock.now - start
      if action.state != .began { run.sink.receive(.action(action)) }
      return values
    } catch {
      var failure = run.failure(from: error, in: primitive, host: primitive.scope == .host ? context.host : nil)
      failure.step = failure.step ?? action.step
      failure.position = failure.position ?? action.position
      action.state = .failed(failure)
      action.what = failure.message
      action.duration = clock.now - start
      if primitive.scope == .host { run.sink.receive(.action(action)) }
      throw failure
    }
  }

  /// Calls on this computer are taken one by one, from the look to the act; those on a host concern one run alone.
  private func turn(_ body: Primitive.Body, _ action: inout Action) async throws -> [LuaValue] {
    guard primitive.scope == .host, context.host.isHere else {
      return try await carryOut(try await body(context), &action)
    }
    let begun = action
    let (values, ended) = try await run.computer.alone {
      var action = begun
      return (try await carryOut(try await body(context), &action), action)
    }
    action = ended
    return values
  }

  private func carryOut(_ decision: Decision, _ action: inout Action) async throws -> [LuaValue] {
    switch decision {
    case .unchanged(let why, let fields):
      run.state.update { $0.unchanged += 1 }
      action.what = why
      action.state = .unchanged
      return [result(fields, changed: false)]
    case .change(let what, let planned, let diff, let act):
      action.what = what
      action.diff = diff
      let fields = try await change(act, planned: planned)
      run.state.update { $0.changed += 1 }
      action.state = .changed
      return [result(fields, changed: true)]
    case .value(let fields, let what):
      action.what = what ?? primitive.name
      action.state = .read
      return [.table(LuaTable(fields: fields))]
    case .plain(let value, let what):
      if primitive.scope == .host {
        action.what = what ?? primitive.name
        action.state = .read
      }
      return [value]
    case .observe(let what, let planned, let plain, let look):
      return try await observe(what, planned, plain, look, &action)
    }
  }

  private func change(
    _ act: @Sendable (any Writer) async throws -> [String: LuaValue], planned: [String: LuaValue]
  ) async throws -> [String: LuaValue] {
    guard run.options.isPlan else { return try await act(guarded(run.writer(for: context.reader))) }
    do {
      return try await act(guarded(OverlayWriter(reader: context.reader)))
    } catch is DecidedAtRunTime { return planned }
  }

  private func guarded(_ writer: any Writer) -> any Writer {
    GuardedWriter(
      writer: writer, reader: context.reader, services: run, branch: context.branch, isPlan: run.options.isPlan)
  }

  private func observe(
    _ what: String, _ planned: [String: LuaValue], _ plain: LuaValue?,
    _ look: @Sendable () async throws -> Observation, _ action: inout Action
  ) async throws -> [LuaValue] {
    if run.options.isPlan {
      if primitive.scope == .host { action.what = what + " (decided at run time)" } else { action.what = what }
      action.state = .seen(isGood: true)
      return [plain ?? .table(LuaTable(fields: planned))]
    }
    let observation = try await look()
    action.what = observation.summary
    if observation.plain == nil { action.state = .seen(isGood: observation.isGood) }
    return [observation.plain ?? .table(LuaTable(fields: observation.fields))]
  }

  private func result(_ fields: [String: LuaValue], changed: Bool) -> LuaValue {
    .table(LuaTable(fields: fields.merging(["changed": .boolean(changed)]) { field, _ in field }))
  }
}
