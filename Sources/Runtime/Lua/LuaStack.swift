import CLua
import Values

/// Reads Lua values into trees and pushes trees, without functions that raise outside the memory limit.
struct LuaStack {
  let state: OpaquePointer
  let limits: LuaLimits
  let takesFunctions: Bool

  /// Stack slots needed for one level of a tree.
  static let room: Int32 = 8
}

/// A value that cannot leave Lua.
struct LuaReadError: Error, Hashable {
  /// Such as `options.env[3]`; empty for the value itself.
  let path: String
  let problem: String
}

extension LuaStack {
  /// Pushes the value. A tree deeper than the limit is cut off with nil; no host makes such a tree.
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
      if let shape = table.shape { kinds.setShape(shape, state) }
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
