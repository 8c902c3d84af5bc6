import CLua
import Values

extension LuaCore {
  func define(_ name: String, _ function: LuaFunction) {
    withGlobals { state in
      let stack = stack(state)
      stack.push(name)
      sr_push_native(state, add(.function(Named(name, function))))
      lua_rawset(state, -3)
    }
  }

  func set(_ name: String, _ value: LuaValue) {
    withGlobals { state in
      let stack = stack(state)
      stack.push(name)
      stack.push(value, kinds: kinds)
      lua_rawset(state, -3)
    }
  }

  func define(_ kind: LuaKind) {
    guard let main = try? sr_main(run), lua_checkstack(main, 24) != 0 else { return }
    let stack = stack(main)
    lua_createtable(main, 0, 6)
    stack.push("__index")
    lua_createtable(main, 0, Int32(clamping: kind.methods.count))
    for (name, function) in kind.methods {
      stack.push(name)
      sr_push_native(main, add(.method(Named(name, function), kind: kind.name)))
      lua_rawset(main, -3)
    }
    sr_push_index(main, add(.field(kind)))
    lua_rawset(main, -3)
    stack.push("__newindex")
    sr_push_native(main, add(.assign(kind)))
    lua_rawset(main, -3)
    stack.push("__tostring")
    sr_push_native(main, add(.describe(kind)))
    lua_rawset(main, -3)
    stack.push("__name")
    stack.push(kind.name)
    lua_rawset(main, -3)
    stack.push("__metatable")
    lua_pushboolean(main, 0)
    lua_rawset(main, -3)
    kinds.declare(kind.name, state: main)
  }

  var globalNames: [String] {
    var names: [String] = []
    withGlobals { state in names = Sandbox.names(state) }
    return names.sorted()
  }

  private func add(_ native: Native) -> Int32 {
    natives.append(native)
    return Int32(natives.count - 1)
  }

  private func withGlobals(_ body: (OpaquePointer) -> Void) {
    guard let run = try? run, let main = sr_main(run), lua_checkstack(main, 24) != 0 else { return }
    sr_push_globals(run, main)
    body(main)
    sr_pop(main, 1)
  }
}
