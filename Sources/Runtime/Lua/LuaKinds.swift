import CLua
import Values

/// The kinds of objects of a machine, and their userdata in Lua.
final class LuaKinds {
  private struct Entry {
    let metatable: Int32
    /// Weak table from id to userdata, so that an object is a single value in Lua: equal to itself and usable as a key.
    let cache: Int32
  }

  /// The content of a userdata. Recipes can neither make a userdata nor change its metatable, so every userdata comes
  /// from this class.
  private struct Payload {
    let kind: Int
    let id: Int
  }

  private var entries: [String: Entry] = [:]
  /// The metatables of shapes.
  private var shapes: [String: Int32] = [:]
  private static let names = KindNames()

  /// Pops the metatable from the stack and keeps it for objects of this kind.
  func declare(_ name: String, state: OpaquePointer) {
    let metatable = luaL_ref(state, sr_registry_index())
    lua_createtable(state, 0, 0)
    lua_createtable(state, 0, 1)
    _ = lua_pushstring(state, "__mode")
    _ = lua_pushstring(state, "v")
    lua_rawset(state, -3)
    lua_setmetatable(state, -2)
    entries[name] = Entry(metatable: metatable, cache: luaL_ref(state, sr_registry_index()))
  }

  /// Pops the metatable from the stack and keeps it for tables of this shape.
  func declare(shape name: String, state: OpaquePointer) { shapes[name] = luaL_ref(state, sr_registry_index()) }

  /// Gives the table on top of the stack the metatable of its shape.
  func setShape(_ name: String, _ state: OpaquePointer) {
    guard let metatable = shapes[name] else { return }
    lua_rawgeti(state, sr_registry_index(), Int64(metatable))
    lua_setmetatable(state, -2)
  }

  /// Pushes the object's userdata, or nil for an undeclared kind.
  func push(_ object: LuaObject, _ state: OpaquePointer) {
    guard let entry = entries[object.kind] else { return lua_pushnil(state) }
    lua_rawgeti(state, sr_registry_index(), Int64(entry.cache))
    if lua_rawgeti(state, -1, Int64(object.id)) == LUA_TNIL {
      sr_pop(state, 1)
      let block = lua_newuserdatauv(state, MemoryLayout<Payload>.size, 0)
      block?.storeBytes(of: Payload(kind: Self.names.number(of: object.kind), id: object.id), as: Payload.self)
      lua_rawgeti(state, sr_registry_index(), Int64(entry.metatable))
      lua_setmetatable(state, -2)
      lua_pushvalue(state, -1)
      lua_rawseti(state, -3, Int64(object.id))
    }
    lua_rotate(state, -2, -1)
    sr_pop(state, 1)
  }

  static func object(_ state: OpaquePointer, _ index: Int32) -> LuaObject? {
    guard let block = lua_touserdata(state, index), lua_type(state, index) == LUA_TUSERDATA else { return nil }
    let payload = block.load(as: Payload.self)
    return LuaObject(kind: names.name(of: payload.kind), id: payload.id)
  }
}
