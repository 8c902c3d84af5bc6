import CLua
import Values

// Callbacks from C. `owner` is the core, which outlives its state. The callbacks run only inside `sr_resume`, which
// only the machine's actor calls.

let luaCalled: @convention(c) (UnsafeMutableRawPointer?, OpaquePointer?, Int32) -> Int32 = { owner, state, id in
  guard let owner, let state else { return 0 }
  return Unmanaged<LuaCore>.fromOpaque(owner)._withUnsafeGuaranteedRef { $0.called(state, Int(id)) }
}

let luaResumed: @convention(c) (UnsafeMutableRawPointer?, OpaquePointer?) -> Int32 = { owner, state in
  guard let owner, let state else { return 0 }
  return Unmanaged<LuaCore>.fromOpaque(owner)._withUnsafeGuaranteedRef { $0.resumed(state) }
}

let luaModule: @convention(c) (UnsafeMutableRawPointer?, OpaquePointer?) -> Int32 = { owner, state in
  guard let owner, let state else { return 0 }
  return Unmanaged<LuaCore>.fromOpaque(owner)._withUnsafeGuaranteedRef { $0.module(state) }
}

let luaModuleDone: @convention(c) (UnsafeMutableRawPointer?) -> Void = { owner in
  guard let owner else { return }
  Unmanaged<LuaCore>.fromOpaque(owner)._withUnsafeGuaranteedRef { _ = $0.loading.popLast() }
}

extension LuaCore {
  /// - Returns: the number of results on the stack, or `SR_RAISE` or `SR_SUSPEND`.
  func called(_ state: OpaquePointer, _ id: Int) -> Int32 {
    do {
      switch natives[id] {
      case .function(let named): return try perform(named, state, object: nil)
      case .method(let named, let kind):
        guard let object = LuaKinds.object(state, 1), object.kind == kind else {
          throw LuaMisuse(kind: .argument, message: "call '\(named.name)' with a colon: \(kind):\(named.name)(...)")
        }
        return try perform(named, state, object: object)
      case .field(let kind): return try field(kind, state)
      case .assign(let kind):
        let name = text(state, 2)
        throw LuaMisuse(kind: .member, message: "cannot set '\(name)': a \(kind.name) cannot be changed")
      case .describe(let kind):
        guard let object = LuaKinds.object(state, 1) else { return 0 }
        stack(state).push(kind.describe(object))
        return 1
      case .missing(let shape):
        guard lua_type(state, 2) == LUA_TSTRING else { return 0 }
        guard let message = shape.refusal(of: text(state, 2)) else { return 0 }
        throw LuaMisuse(kind: .member, message: message)
      }
    } catch {
      pushError(error, state, position: position(state))
      return Int32(SR_RAISE)
    }
  }

  private func perform(_ named: Named, _ state: OpaquePointer, object: LuaObject?) throws -> Int32 {
    var walk = LuaStack.Walk()
    do {
      return try perform(named, state, object, &walk)
    } catch {
      release(walk.functions)
      throw error
    }
  }

  private func perform(
    _ named: Named, _ state: OpaquePointer, _ object: LuaObject?, _ walk: inout LuaStack.Walk
  ) throws -> Int32 {
    switch named.function.body {
    case .immediate(let body):
      return push(try body(call(named, state, object, &walk)), state)
    case .waiting(let body):
      guard sr_can_wait(state) != 0 else {
        throw LuaMisuse(
          kind: .place,
          message:
            "'\(named.name)' cannot be called here: inside a sort or gsub callback, __tostring, or a module's top level"
        )
      }
      guard sr_stopping(try run) == 0 else {
        throw LuaMisuse(kind: .stopped, message: "'\(named.name)' cannot be called: the run is ending")
      }
      try named.function.admit?(object)
      let work = try body(call(named, state, object, &walk))
      pending = Pending(work: work, functions: walk.functions)
      return Int32(SR_SUSPEND)
    }
  }

  private func call(
    _ named: Named, _ state: OpaquePointer, _ object: LuaObject?, _ walk: inout LuaStack.Walk
  ) throws -> LuaCall {
    let stack = stack(state, takesFunctions: named.function.takesFunctions)
    let first: Int32 = object == nil ? 1 : 2
    let last = lua_gettop(state)
    var arguments: [LuaValue] = []
    if first <= last {
      arguments.reserveCapacity(Int(last - first + 1))
      for index in first...last {
        do throws(LuaReadError) {
          arguments.append(try stack.read(index, &walk))
        } catch {
          throw LuaMisuse(kind: .argument, message: Self.message(error, named.name, Int(index - first + 1)))
        }
      }
    }
    return LuaCall(
      arguments: arguments, branch: Int(sr_branch(try run)),
      position: named.function.takesPosition ? position(state) : nil,
      object: object)
  }

  private static func message(_ error: LuaReadError, _ function: String, _ argument: Int) -> String {
    let what = error.path.isEmpty ? "it \(error.problem)" : "value at `\(error.path)` \(error.problem)"
    return "bad argument #\(argument) to '\(function)' (\(what))"
  }

  private func field(_ kind: LuaKind, _ state: OpaquePointer) throws -> Int32 {
    guard let object = LuaKinds.object(state, 1) else { return 0 }
    let name = text(state, 2)
    guard let value = try kind.field(object, name) else {
      throw LuaMisuse(kind: .member, message: kind.unknownMember(kind.name, name))
    }
    return push([value], state)
  }

  func text(_ state: OpaquePointer, _ index: Int32) -> String {
    guard lua_type(state, index) == LUA_TSTRING, case .string(let bytes)? = try? stack(state).read(index) else {
      return String(cString: lua_typename(state, lua_type(state, index)))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  func resumed(_ state: OpaquePointer) -> Int32 {
    defer { outcome = nil }
    switch outcome {
    case .success(let values)?: return push(values, state)
    case .failure(let error)?:
      pushError(error, state, position: position(state))
      return Int32(SR_RAISE)
    case nil: return 0
    }
  }

  private func push(_ values: [LuaValue], _ state: OpaquePointer) -> Int32 {
    guard values.isEmpty || lua_checkstack(state, Int32(clamping: values.count + 8)) != 0 else { return 0 }
    let stack = stack(state)
    for value in values { stack.push(value, kinds: kinds) }
    return Int32(values.count)
  }
}
