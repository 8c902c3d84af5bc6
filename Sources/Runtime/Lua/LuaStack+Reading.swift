import CLua
import Values

extension LuaStack {
  /// The running totals of a transfer, shared by all arguments of a call: a table may contain the same long string, or
  /// the same table, many times.
  struct Walk {
    enum Step {
      case index(Int)
      case name(String)
    }

    var nodes = 0
    var bytes = 0
    var tables: [UnsafeRawPointer?] = []
    var path: [Step] = []
    /// Functions kept for the host.
    var functions: [LuaFunctionReference] = []
  }

  func read(_ index: Int32) throws(LuaReadError) -> LuaValue {
    var walk = Walk()
    return try read(index, &walk)
  }

  func read(_ index: Int32, _ walk: inout Walk) throws(LuaReadError) -> LuaValue {
    walk.nodes += 1
    if walk.nodes > limits.nodes {
      throw error(walk, "is one of too many (limit is \(limits.nodes) values)")
    }
    switch lua_type(state, index) {
    case LUA_TNIL, LUA_TNONE: return .nil
    case LUA_TBOOLEAN: return .boolean(lua_toboolean(state, index) != 0)
    case LUA_TNUMBER: return number(index)
    case LUA_TTABLE: return try table(lua_absindex(state, index), &walk)
    default: return try leaf(index, &walk)
    }
  }

  private func error(_ walk: Walk, _ problem: String) -> LuaReadError {
    var path = ""
    for step in walk.path {
      switch step {
      case .index(let position): path += "[\(position)]"
      case .name(let name): path += (path.isEmpty ? "" : ".") + name.prefix(60)
      }
    }
    return LuaReadError(path: path, problem: problem)
  }

  private func number(_ index: Int32) -> LuaValue {
    lua_isinteger(state, index) != 0
      ? .integer(lua_tointegerx(state, index, nil)) : .number(lua_tonumberx(state, index, nil))
  }

  private func leaf(_ index: Int32, _ walk: inout Walk) throws(LuaReadError) -> LuaValue {
    switch lua_type(state, index) {
    case LUA_TSTRING: return .string(Array(try bytes(index, &walk)))
    case LUA_TUSERDATA:
      if let object = LuaKinds.object(state, index) { return .object(object) }
      throw error(walk, "is a userdata")
    case LUA_TFUNCTION where takesFunctions:
      lua_pushvalue(state, index)
      let function = LuaFunctionReference(slot: luaL_ref(state, sr_registry_index()))
      walk.functions.append(function)
      return .function(function)
    case LUA_TFUNCTION: throw error(walk, "is a function")
    case LUA_TTHREAD: throw error(walk, "is a coroutine")
    default: throw error(walk, "is a userdata")
    }
  }

  /// The bytes of a string, valid while the string stays on the stack.
  private func bytes(_ index: Int32, _ walk: inout Walk) throws(LuaReadError) -> UnsafeRawBufferPointer {
    var length = 0
    let bytes = lua_tolstring(state, index, &length)
    guard length <= limits.stringSize else {
      throw error(walk, "is too long (limit is \(limits.stringSize) bytes)")
    }
    walk.bytes += length
    guard walk.bytes <= limits.callSize else {
      throw error(walk, "is too long together with the others (limit is \(limits.callSize) bytes)")
    }
    return UnsafeRawBufferPointer(start: bytes, count: length)
  }

  private func table(_ index: Int32, _ walk: inout Walk) throws(LuaReadError) -> LuaValue {
    let identity = lua_topointer(state, index)
    if walk.tables.contains(identity) { throw error(walk, "contains itself") }
    guard walk.tables.count < limits.depth, lua_checkstack(state, Self.room) != 0 else {
      throw error(walk, "is nested too deeply (limit is \(limits.depth))")
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
      walk.path.append(.index(position))
      table.list.append(try read(-1, &walk))
      walk.path.removeLast()
      sr_pop(state, 1)
    }
    lua_pushnil(state)
    while lua_next(state, index) != 0 {
      if lua_type(state, -2) == LUA_TSTRING {
        let name = try key(-2, &walk)
        walk.path.append(.name(name))
        table.fields[name] = try read(-1, &walk)
        walk.path.removeLast()
      } else if !isInList(-2, count: table.list.count) {
        throw error(walk, "has \(keyDescription(-2)) as a key, which is neither a name nor next in the list")
      }
      sr_pop(state, 1)
    }
    return .table(table)
  }

  private func key(_ index: Int32, _ walk: inout Walk) throws(LuaReadError) -> String {
    guard let name = String(validating: try bytes(index, &walk), as: UTF8.self) else {
      throw error(walk, "has a key that is not valid UTF-8")
    }
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
