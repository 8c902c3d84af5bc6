import CLua
import Values

extension LuaCore {
  /// A coroutine, kept alive by its slot in the registry.
  struct Coroutine {
    let state: OpaquePointer
    let slot: Int32
  }

  enum Step {
    case returned([LuaValue])
    /// With the frames of an error that is unwinding meanwhile.
    case waiting(Pending, [LuaFrame])
  }

  func coroutine(_ function: LuaFunctionReference, _ arguments: [LuaValue]) throws(LuaError) -> Coroutine {
    let run = try run
    // The memory limit stops Lua but not Swift: without this check, tens of thousands of branches would start.
    guard sr_memory_used(run) < limits.memory, let main = sr_main(run), lua_checkstack(main, 8) != 0,
      let state = lua_newthread(main)
    else {
      throw LuaError(kind: .memory, message: "not enough memory for another coroutine")
    }
    let coroutine = Coroutine(state: state, slot: luaL_ref(main, sr_registry_index()))
    guard lua_checkstack(state, Int32(clamping: arguments.count + 24)) != 0 else {
      throw LuaError(kind: .memory, message: "too many arguments")
    }
    lua_pushcclosure(state, sr_base, 0)
    lua_rawgeti(state, sr_registry_index(), Int64(function.slot))
    let stack = stack(state)
    for argument in arguments { stack.push(argument, kinds: kinds) }
    return coroutine
  }

  func release(_ coroutine: Coroutine) {
    guard let run = try? run else { return }
    luaL_unref(sr_main(run), sr_registry_index(), coroutine.slot)
  }

  /// Runs one uninterrupted stretch.
  func resume(
    _ coroutine: Coroutine, _ count: Int32, _ branch: Int, cancelled: Bool, _ takesFunctions: Bool,
    _ earlier: [LuaFrame]
  ) throws(LuaError) -> Step {
    let run = try run
    let state = coroutine.state
    var results: Int32 = 0
    let how = Int(sr_resume(run, state, count, Int32(clamping: branch), cancelled ? 1 : 0, &results))
    // A limit stops the other calls too, including suspended ones.
    if control.isStopped { control.cancelAll() }
    // The recipe may still hold the coroutine; a value left on the stack would make the coroutine look resumable.
    defer { if how != SR_WAITING, lua_status(state) == LUA_OK { lua_settop(state, 0) } }
    switch how {
    case SR_WAITING:
      guard let pending else { break }
      self.pending = nil
      return .waiting(pending, earlier.isEmpty ? traceback() : earlier)
    case SR_RETURNED:
      if let stop = control.stopError { throw stop }
      if cancelled { throw LuaError(kind: .cancelled, message: "cancelled") }
      return .returned(try values(state, results, takesFunctions))
    case SR_FAILED:
      let frames = traceback()
      throw error(state, traceback: frames.isEmpty ? earlier : frames, cancelled: cancelled)
    default: break
    }
    lua_resetthread(state)
    throw LuaError(kind: .runtime, message: "the recipe yielded from outside a coroutine")
  }

  private func values(_ state: OpaquePointer, _ count: Int32, _ takesFunctions: Bool) throws(LuaError)
    -> [LuaValue]
  {
    guard count > 0 else { return [] }
    let stack = stack(state, takesFunctions: takesFunctions)
    let first = lua_gettop(state) - count + 1
    var values: [LuaValue] = []
    var walk = LuaStack.Walk()
    for index in first...lua_gettop(state) {
      do throws(LuaReadError) {
        values.append(try stack.read(index, &walk))
        walk.path = []
      } catch {
        release(walk.functions)
        let what = error.path.isEmpty ? "it" : "value at `\(error.path)`"
        throw LuaError(
          kind: .runtime, message: "bad result #\(index - first + 1) (\(what) \(error.problem))")
      }
    }
    return values
  }
}
