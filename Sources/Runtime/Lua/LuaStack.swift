import CLua

/// Reads Lua values into trees and pushes trees. Uses only functions that never raise outside the memory cap.
struct LuaStack {
  let state: OpaquePointer
  let limits: LuaLimits
  let takesFunctions: Bool

  /// Room that one level of a tree needs on the stack.
  private static let room: Int32 = 8
}

/// A value that cannot leave Lua, and where it stands.
struct LuaReadError: Error, Hashable {
  /// Such as `options.env[3]`; empty for the value itself.
  let path: String
  let problem: String
}

// MARK: - Reading

extension LuaStack {
  private struct Walk {
    var nodes = 0
    var tables: [UnsafeRawPointer?] = []
  }

  func read(_ index: Int32) throws(LuaReadError) -> LuaValue {
    // The common small arguments need no bookkeeping.
    switch lua_type(state, index) {
    case LUA_TNIL, LUA_TNONE: return .nil
    case LUA_TBOOLEAN: return .boolean(lua_toboolean(state, index) != 0)
    case LUA_TNUMBER: return number(index)
    case LUA_TTABLE:
      var walk = Walk()
      return try table(lua_absindex(state, index), "", &walk)
    default: return try leaf(index, "")
    }
  }

  private func value(_ index: Int32, _ path: @autoclosure () -> String, _ walk: inout Walk) throws(LuaReadError)
    -> LuaValue
  {
    walk.nodes += 1
    if walk.nodes > limits.nodes {
      throw LuaReadError(path: path(), problem: "is one of too many (limit is \(limits.nodes) values)")
    }
    switch lua_type(state, index) {
    case LUA_TNIL: return .nil
    case LUA_TBOOLEAN: return .boolean(lua_toboolean(state, index) != 0)
    case LUA_TNUMBER: return number(index)
    case LUA_TTABLE: return try table(lua_absindex(state, index), path(), &walk)
    default: return try leaf(index, path())
    }
  }

  private func number(_ index: Int32) -> LuaValue {
    lua_isinteger(state, index) != 0
      ? .integer(lua_tointegerx(state, index, nil)) : .number(lua_tonumberx(state, index, nil))
  }

  private func leaf(_ index: Int32, _ path: @autoclosure () -> String) throws(LuaReadError) -> LuaValue {
    switch lua_type(state, index) {
    case LUA_TSTRING:
      var length = 0
      guard let bytes = lua_tolstring(state, index, &length) else { return .nil }
      guard length <= limits.stringSize else {
        throw LuaReadError(path: path(), problem: "is too long (limit is \(limits.stringSize) bytes)")
      }
      return .string(Array(UnsafeRawBufferPointer(start: bytes, count: length)))
    case LUA_TUSERDATA:
      if let object = LuaKinds.object(state, index) { return .object(object) }
      throw LuaReadError(path: path(), problem: "is a userdata")
    case LUA_TFUNCTION where takesFunctions:
      lua_pushvalue(state, index)
      return .function(LuaFunctionReference(slot: luaL_ref(state, sr_registry_index())))
    case LUA_TFUNCTION: throw LuaReadError(path: path(), problem: "is a function")
    case LUA_TTHREAD: throw LuaReadError(path: path(), problem: "is a coroutine")
    default: throw LuaReadError(path: path(), problem: "is a userdata")
    }
  }

  private func table(_ index: Int32, _ path: String, _ walk: inout Walk) throws(LuaReadError) -> LuaValue {
    let identity = lua_topointer(state, index)
    if walk.tables.contains(identity) { throw LuaReadError(path: path, problem: "contains itself") }
    if walk.tables.count >= limits.depth {
      throw LuaReadError(path: path, problem: "is nested too deeply (limit is \(limits.depth))")
    }
    guard lua_checkstack(state, Self.room) != 0 else {
      throw LuaReadError(path: path, problem: "is nested too deeply")
    }
    walk.tables.append(identity)
    defer { walk.tables.removeLast() }
    let top = lua_gettop(state)
    defer { lua_settop(state, top) }

    var table = LuaTable()
    let length = lua_rawlen(state, index)
    while UInt64(table.list.count) < UInt64(length) {
      let position = table.list.count + 1
      if lua_rawgeti(state, index, Int64(position)) == LUA_TNIL {
        sr_pop(state, 1)
        break
      }
      table.list.append(try value(-1, "\(path)[\(position)]", &walk))
      sr_pop(state, 1)
    }
    lua_pushnil(state)
    while lua_next(state, index) != 0 {
      defer { sr_pop(state, 1) }
      if lua_type(state, -2) == LUA_TSTRING {
        let name = try key(-2, path)
        table.fields[name] = try value(-1, path.isEmpty ? name : "\(path).\(name)", &walk)
      } else if !isInList(-2, count: table.list.count) {
        throw LuaReadError(
          path: path, problem: "has \(keyDescription(-2)) as a key, which is neither a name nor next in the list")
      }
    }
    return .table(table)
  }

  private func key(_ index: Int32, _ path: String) throws(LuaReadError) -> String {
    var length = 0
    guard let bytes = lua_tolstring(state, index, &length),
      let name = String(validating: UnsafeRawBufferPointer(start: bytes, count: length), as: UTF8.self)
    else { throw LuaReadError(path: path, problem: "has a key that is not valid UTF-8") }
    return name
  }

  private func isInList(_ index: Int32, count: Int) -> Bool {
    guard lua_isinteger(state, index) != 0 else { return false }
    let position = lua_tointegerx(state, index, nil)
    return position >= 1 && position <= Int64(count)
  }

  private func keyDescription(_ index: Int32) -> String {
    switch lua_type(state, index) {
    case LUA_TNUMBER:
      switch number(index) {
      case .integer(let integer): "\(integer)"
      case .number(let number): "\(number)"
      default: "a number"
      }
    case LUA_TBOOLEAN: lua_toboolean(state, index) != 0 ? "true" : "false"
    default: "a \(String(cString: lua_typename(state, lua_type(state, index))))"
    }
  }
}

// MARK: - Writing

extension LuaStack {
  /// Pushes the value. A tree deeper than the limit ends in nil there, which no host makes.
  func push(_ value: LuaValue, kinds: LuaKinds, depth: Int = 0) {
    guard lua_checkstack(state, Self.room) != 0 else { return }
    switch value {
    case .nil: lua_pushnil(state)
    case .boolean(let flag): lua_pushboolean(state, flag ? 1 : 0)
    case .integer(let integer): lua_pushinteger(state, integer)
    case .number(let number): lua_pushnumber(state, number)
    case .string(let bytes): push(bytes)
    case .function(let function): lua_rawgeti(state, sr_registry_index(), Int64(function.slot))
    case .object(let object): kinds.push(object, state)
    case .table(let table):
      guard depth < limits.depth else { return lua_pushnil(state) }
      lua_createtable(state, Int32(clamping: table.list.count), Int32(clamping: table.fields.count))
      for (position, value) in table.list.enumerated() {
        push(value, kinds: kinds, depth: depth + 1)
        lua_rawseti(state, -2, Int64(position + 1))
      }
      for (name, value) in table.fields {
        push(name)
        push(value, kinds: kinds, depth: depth + 1)
        lua_rawset(state, -3)
      }
    }
  }

  func push(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { bytes in
      _ = lua_pushlstring(state, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
    }
  }

  func push(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      UnsafeRawBufferPointer(bytes).withMemoryRebound(to: CChar.self) { chars in
        _ = lua_pushlstring(state, chars.baseAddress, chars.count)
      }
    }
  }
}
