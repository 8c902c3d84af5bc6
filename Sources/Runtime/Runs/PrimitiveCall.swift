import Contract
import Diagnosis
import Hosts
import LoginSafety
import Lua
import Recipes
import Values

/// One call of a primitive: decides, acts with the run's writer, and reports the result.
struct PrimitiveCall {
  let run: Run
  let primitive: Primitive
  var context: PrimitiveContext

  private var hostName: String { context.host.name }

  /// - Throws: ``Failure``.
  func carryOut(_ body: Primitive.Body) async throws -> [LuaValue] {
    if let frame = run.state.frame(of: context.branch) { return try await carryOut(body, within: frame) }
    let clock = ContinuousClock()
    let start = clock.now
    var call = PrimitiveEvent(
      id: run.numbers.call(), primitive: primitive.name, host: hostName, branch: context.branch,
      step: run.state.step(of: context.branch), position: context.position, state: .began, what: primitive.name,
      diff: nil, duration: .zero)
    var inner = self
    inner.context.call = call.id
    // Recipe functions report their own events; a line of progress is only for work on a host.
    if primitive.scope == .host { run.sink.receive(.primitive(call)) }
    do {
      try Task.checkCancellation()
      if primitive.scope == .host { try await run.endEarlierWatchdogs(context.reader, branch: context.branch) }
      let values = shaped(try await inner.turn(body, &call))
      call.duration = clock.now - start
      if call.state != .began { run.sink.receive(.primitive(call)) }
      return values
    } catch {
      var failure = run.failure(from: error, in: primitive, host: primitive.scope == .host ? context.host : nil)
      failure.step = failure.step ?? call.step
      failure.position = failure.position ?? call.position
      if primitive.scope == .host {
        // A failure passed on by another call, as `check` of wait_for may, stays that call's.
        let action = failure.action ?? call.id
        failure.action = action
        run.state.update { _ = $0.failedActions.insert(action) }
        ended(call, .failed)
        if failure.kind == .rolledBack { run.rolledBack(failure.paths, on: context.host, by: call.id) }
      }
      call.state = .failed(failure)
      call.what = failure.message
      call.duration = clock.now - start
      if primitive.scope == .host { run.sink.receive(.primitive(call)) }
      throw failure
    }
  }

  /// Calls on this computer take turns, each from the read to the act; calls on a host concern one run alone.
  private func turn(_ body: Primitive.Body, _ call: inout PrimitiveEvent) async throws -> [LuaValue] {
    guard primitive.scope == .host, context.host.isHere else {
      return try await carryOut(try await decision(body), &call)
    }
    let begun = call
    let (values, ended) = try await run.computer.alone {
      var call = begun
      return (try await carryOut(try await decision(body), &call), call)
    }
    call = ended
    return values
  }

  /// Lets a recipe read only declared fields of the result.
  func shaped(_ values: [LuaValue]) -> [LuaValue] {
    guard let shape = LuaShape.result(of: primitive), case .table(var table)? = values.first else { return values }
    table.shape = shape.name
    return [.table(table)] + values.dropFirst()
  }

  /// The decision of the body. A plan goes on if the body depends on a fact that only a real run can show.
  func decision(_ body: Primitive.Body) async throws -> Decision {
    do { return try await body(context) } catch let error as DecidedAtRunTime {
      guard run.options.isPlan else { throw error }
      guard LuaShape.result(of: primitive) != nil else {
        throw Failure(
          .absent, "the plan ends here: what \(primitive.name) would find is decided at run time",
          fix: ["run the recipe; its earlier steps make what this one needs"])
      }
      return .change("\(primitive.name) (decided at run time)", planned: ["planned": .boolean(true)]) { _ in
        throw DecidedAtRunTime()
      }
    }
  }

  private func carryOut(_ decision: Decision, _ call: inout PrimitiveEvent) async throws -> [LuaValue] {
    switch decision {
    case .unchanged(let why, let fields):
      call.what = why
      call.state = .unchanged
      ended(call, .unchanged)
      return [result(fields, changed: false)]
    case .change(let what, let planned, let diff, let act):
      call.what = what
      call.diff = diff
      let fields = try await change(act, planned: planned, call: call.id)
      call.diff = diff ?? run.state.update { $0.diffs.removeValue(forKey: call.id) }
      call.state = .changed
      ended(call, .changed)
      return [result(fields, changed: true)]
    case .value(let fields, let what):
      call.what = what ?? primitive.name
      call.state = .read
      return [.table(LuaTable(fields: fields))]
    case .plain(let value, let what):
      if primitive.scope == .host {
        call.what = what ?? primitive.name
        call.state = .read
      }
      return [value]
    case .observe(let what, let planned, let plain, let look):
      return try await observe(what, planned, plain, look, &call)
    }
  }

  func change(
    _ act: @Sendable (any Writer) async throws -> [String: LuaValue], planned: [String: LuaValue], call: Int
  ) async throws -> [String: LuaValue] {
    guard run.options.isPlan else { return try await act(guarded(run.writer(for: context.reader, call: call))) }
    do {
      return try await act(guarded(OverlayWriter(reader: context.reader)))
    } catch is DecidedAtRunTime { return planned }
  }

  private func ended(_ call: PrimitiveEvent, _ result: CallEnd.Result) {
    let isProved = result == .changed && !context.host.waitsForRestart
    run.ended(call.id, CallEnd(host: hostName, result: result, isProved: isProved))
  }

  private func guarded(_ writer: any Writer) -> any Writer {
    GuardedWriter(
      writer: writer, reader: context.reader, services: run, branch: context.branch, isPlan: run.options.isPlan)
  }

  private func observe(
    _ what: String, _ planned: [String: LuaValue], _ plain: LuaValue?,
    _ look: @Sendable () async throws -> Observation, _ call: inout PrimitiveEvent
  ) async throws -> [LuaValue] {
    if run.options.isPlan {
      if primitive.scope == .host { call.what = what + " (decided at run time)" } else { call.what = what }
      call.state = .seen(isGood: true)
      return [plain ?? .table(LuaTable(fields: planned))]
    }
    let observation = try await look()
    call.what = observation.summary
    if let step = observation.manualStep {
      let label = run.state.label(of: context.branch) ?? run.onlyHost
      let named = ManualStep(label.map { "\(step.title) (\($0))" } ?? step.title, step.answer)
      run.state.update { $0.manualSteps.append(named) }
    }
    if observation.plain == nil { call.state = .seen(isGood: observation.isGood) }
    return [observation.plain ?? .table(LuaTable(fields: observation.fields))]
  }

  func result(_ fields: [String: LuaValue], changed: Bool) -> LuaValue {
    .table(LuaTable(fields: fields.merging(["changed": .boolean(changed)]) { field, _ in field }))
  }
}
