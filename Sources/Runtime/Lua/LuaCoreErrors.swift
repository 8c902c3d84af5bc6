import CLua
import Values

// Converts Swift errors to raised tables, and raised values back to errors.

extension LuaCore {
  func pushError(_ error: any Error, _ state: OpaquePointer, position: LuaPosition?) {
    guard lua_checkstack(state, 24) != 0 else { return lua_pushnil(state) }
    var fields: [String: LuaValue]
    switch error {
    case let error as any LuaRepresentable:
      fields = error.luaFields
      fields["message"] = .string(error.luaMessage)
    case let error as LuaError:
      // From a nested call, such as a branch of `parallel`: passed on unchanged.
      fields = error.fields
      if fields["kind"] == nil { fields["kind"] = .string(error.kind.rawValue) }
      fields["message"] = .string(error.message)
      fields["position"] = error.position.map { .string("\($0)") }
    case is CancellationError:
      fields = ["kind": .string("cancelled"), "message": .string("cancelled")]
    default:
      fields = ["kind": .string("error"), "message": .string("\(error)")]
    }
    if fields["position"] == nil { fields["position"] = position.map { .string("\($0)") } }
    stack(state).push(.table(LuaTable(fields: fields)), kinds: kinds)
    if let run = try? run { sr_set_error_metatable(run, state) }
  }

  /// The error on top of the stack of `state`; not popped.
  func error(_ state: OpaquePointer, traceback: [LuaFrame], cancelled: Bool) -> LuaError {
    guard let run = try? run else { return LuaError(kind: .stopped, message: "the machine is closed") }
    if var stop = control.stopError {
      stop.position = traceback.first?.position
      stop.traceback = traceback
      return stop
    }
    if cancelled {
      return LuaError(
        kind: .cancelled, message: "cancelled", position: traceback.first?.position, traceback: traceback)
    }
    if sr_out_of_memory(run) != 0 {
      let limit = limits.memory >> 20
      return LuaError(
        kind: .memory,
        message: "not enough memory (limit is \(limit) MB; endless recursion also causes this error)",
        position: traceback.first?.position, traceback: traceback)
    }
    return raised(state, run, traceback)
  }

  private func raised(_ state: OpaquePointer, _ run: OpaquePointer, _ traceback: [LuaFrame]) -> LuaError {
    let here = traceback.first?.position
    switch lua_type(state, -1) {
    case LUA_TSTRING:
      let (position, message) = split(text(state, -1))
      return LuaError(
        kind: .runtime, message: message, position: position ?? here, traceback: traceback)
    case LUA_TTABLE:
      let fields = readable(state)
      let native = sr_has_error_metatable(run, state, -1) != 0
      let message = fields["message"]?.text ?? described(state, run)
      let position = fields["position"]?.text.flatMap { split($0 + ": ").0 }
      return LuaError(
        kind: native ? .native : .runtime, message: message, position: position ?? here, traceback: traceback,
        fields: fields)
    default:
      let what = lua_type(state, -1) == LUA_TNIL ? "nil" : described(state, run)
      return LuaError(
        kind: .runtime, message: "the error raised is not a message but \(what)", position: here,
        traceback: traceback)
    }
  }

  private func described(_ state: OpaquePointer, _ run: OpaquePointer) -> String {
    if lua_type(state, -1) == LUA_TTABLE, lua_getmetatable(state, -1) == 0 { return "a table without 'message'" }
    if lua_type(state, -1) == LUA_TTABLE { sr_pop(state, 1) }
    // Lua's own text for both is an address.
    if lua_type(state, -1) == LUA_TFUNCTION { return "a function" }
    if lua_type(state, -1) == LUA_TTHREAD { return "a coroutine" }
    let type = String(cString: lua_typename(state, lua_type(state, -1)))
    guard lua_checkstack(state, 8) != 0, sr_tostring(run, state, -1) != 0 else {
      return "a \(type) that cannot be described"
    }
    defer { sr_pop(state, 1) }
    return text(state, -1)
  }

  /// The fields of the table on top of the stack, without values that cannot leave Lua.
  private func readable(_ state: OpaquePointer) -> [String: LuaValue] {
    guard lua_checkstack(state, 8) != 0 else { return [:] }
    let stack = stack(state)
    var fields: [String: LuaValue] = [:]
    var walk = LuaStack.Walk()
    lua_pushnil(state)
    while lua_next(state, -2) != 0 {
      if walk.nodes < limits.nodes, walk.bytes < limits.callSize, lua_type(state, -2) == LUA_TSTRING,
        case .string(let name)? = try? stack.read(-2, &walk), let value = try? stack.read(-1, &walk)
      {
        fields[String(decoding: name, as: UTF8.self)] = value
      }
      walk.path = []
      walk.tables = []
      sr_pop(state, 1)
    }
    return fields
  }

  /// Splits `recipe.lua:12: message` for the names of loaded chunks; other colons belong to the message.
  private func split(_ text: String) -> (LuaPosition?, String) {
    for (short, name) in chunkNames where text.hasPrefix(short + ":") {
      let rest = text.dropFirst(short.count + 1)
      let digits = rest.prefix(while: \.isASCIIDigit)
      guard let line = Int(digits), rest.dropFirst(digits.count).hasPrefix(": ") else { continue }
      return (LuaPosition(chunk: name, line: line), String(rest.dropFirst(digits.count + 2)))
    }
    return (nil, text)
  }

  func traceback() -> [LuaFrame] {
    guard let run = try? run else { return [] }
    var frames: UnsafePointer<sr_Frame>?
    let count = sr_frames(run, &frames)
    return UnsafeBufferPointer(start: frames, count: Int(count)).map { frame in
      var frame = frame
      let source = withUnsafeBytes(of: &frame.source) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      let name = withUnsafeBytes(of: &frame.name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      return LuaFrame(
        position: LuaPosition(chunk: source, line: Int(frame.line)), function: name.isEmpty ? nil : name)
    }
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isWholeNumber }
}
