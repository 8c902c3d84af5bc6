import CLua

/// The parts of Lua's libraries available to recipes.
///
/// An allow-list: a name outside the list does not exist for recipes, even if another version of Lua has it. `io`,
/// `os`, `package` and `debug` are never opened. `print` and `warn` exist once the host defines them.
enum Sandbox {
  enum Decision {
    case keep
    /// Replaced by the function with this name in `guards.c`, `coroutine.c`, `strings.c`, `sort.c` or `modules.c`.
    case guarded(why: String)
    /// Put into each chunk's environment.
    case ofChunk(why: String)
    case removed(why: String)
  }

  static let globals: [String: Decision] = [
    "assert": .keep,
    "error": .keep,
    "getmetatable": .keep,
    "ipairs": .keep,
    "next": .keep,
    "pairs": .keep,
    "rawequal": .keep,
    "rawget": .keep,
    "rawlen": .keep,
    "select": .keep,
    "tonumber": .keep,
    "tostring": .keep,
    "type": .keep,
    "_VERSION": .keep,
    "pcall": .guarded(why: "must not swallow the end of the run"),
    "xpcall": .guarded(why: "must not swallow the end of the run"),
    "setmetatable": .guarded(why: "limits do not apply inside __gc"),
    "collectgarbage": .guarded(why: "only \"count\": it can stop the collector and force long pauses"),
    "require": .guarded(why: "only modules of the recipe's own folder"),
    "_G": .ofChunk(why: "a chunk's globals are its own"),
    "load": .ofChunk(why: "text only: bytecode is not verified; in the chunk's own environment"),
    "dofile": .removed(why: "reads files"),
    "loadfile": .removed(why: "reads files"),
    "rawset": .removed(why: "would write to read-only tables"),
    "print": .removed(why: "the host has its own, labelled and bounded"),
    "warn": .removed(why: "the host has its own"),
  ]

  static let libraries: [String: [String: Decision]] = [
    "coroutine": [
      "create": .guarded(why: "an error leaves <close> variables open, and hooks off where the hook raised it"),
      "resume": .guarded(why: "passes a wait for a host outward; must not swallow the end of the run"),
      "wrap": .guarded(why: "passes a wait for a host outward"),
      "close": .guarded(why: "long chains of closes crash 5.4.4"),
      "yield": .guarded(why: "the outermost coroutine belongs to the host"),
      "status": .guarded(why: "a coroutine that waits for a host cannot be resumed"),
      "running": .guarded(why: "the outermost coroutine poses as the main coroutine"),
      "isyieldable": .guarded(why: "the outermost coroutine poses as the main coroutine"),
    ],
    "table": [
      "pack": .keep,
      "concat": .guarded(why: "bounds the range"),
      "insert": .guarded(why: "bounds a length invented by __len"),
      "move": .guarded(why: "bounds the range"),
      "remove": .guarded(why: "bounds a length invented by __len"),
      "sort": .guarded(why: "compares long strings without bound, and trusts the order function to be consistent"),
      "unpack": .guarded(why: "bounds a length invented by __len"),
    ],
    "string": [
      "byte": .keep, "char": .keep, "format": .keep, "len": .keep, "lower": .keep, "pack": .keep,
      "packsize": .keep, "reverse": .keep, "sub": .keep, "unpack": .keep, "upper": .keep,
      "find": .guarded(why: "backtracking without bound cannot be interrupted"),
      "gmatch": .guarded(why: "backtracking without bound cannot be interrupted"),
      "gsub": .guarded(why: "backtracking without bound cannot be interrupted"),
      "match": .guarded(why: "backtracking without bound cannot be interrupted"),
      "rep": .guarded(why: "(\"\"):rep(1e18) loops for years"),
      "dump": .removed(why: "makes bytecode"),
    ],
    "math": [
      "abs": .keep, "acos": .keep, "asin": .keep, "atan": .keep, "ceil": .keep, "cos": .keep, "deg": .keep,
      "exp": .keep, "floor": .keep, "fmod": .keep, "huge": .keep, "log": .keep, "max": .keep,
      "maxinteger": .keep, "min": .keep, "mininteger": .keep, "modf": .keep, "pi": .keep, "rad": .keep,
      "random": .keep, "randomseed": .keep, "sin": .keep, "sqrt": .keep, "tan": .keep, "tointeger": .keep,
      "type": .keep, "ult": .keep,
    ],
    "utf8": [
      "char": .keep, "charpattern": .keep, "codepoint": .keep, "codes": .keep, "len": .keep, "offset": .keep,
    ],
  ]

  /// Reduces the freshly opened libraries of a state to the decisions above.
  static func close(_ run: OpaquePointer) {
    guard let state = sr_main(run), lua_checkstack(state, 24) != 0 else { return }
    sr_push_globals(run, state)
    for name in names(state) {
      if let library = libraries[name] {
        lua_pushstring(state, name)
        push(name, state)
        // Edits the real table rather than a copy, since strings reach the real table through their metatable.
        apply(library, prefix: name + ".", state)
        sr_push_read_only(state, name)
        lua_rawset(state, -3)
      }
    }
    apply(globals, prefix: "", keeping: Set(libraries.keys), state)
    // Plain Lua defines `require` in the package library, which is never opened.
    lua_pushstring(state, "require")
    lua_pushnil(state)
    _ = sr_push_guard(state, "require")
    lua_rawset(state, -3)
    sr_pop(state, 1)
    lockStrings(state)
  }

  private static func apply(
    _ decisions: [String: Decision], prefix: String, keeping others: Set<String> = [], _ state: OpaquePointer
  ) {
    for name in names(state) where !others.contains(name) {
      switch decisions[name] {
      case .keep?: break
      case .guarded?:
        lua_pushstring(state, name)
        push(name, state, table: -2)
        if sr_push_guard(state, prefix + name) == 0 {
          sr_pop(state, 1)
          lua_pushnil(state)
        }
        lua_rawset(state, -3)
      case .ofChunk?, .removed?, nil:
        lua_pushstring(state, name)
        lua_pushnil(state)
        lua_rawset(state, -3)
      }
    }
  }

  /// The names in the table on top of the stack.
  static func names(_ state: OpaquePointer) -> [String] {
    var names: [String] = []
    lua_pushnil(state)
    while lua_next(state, -2) != 0 {
      if lua_type(state, -2) == LUA_TSTRING, let name = lua_tolstring(state, -2, nil) {
        names.append(String(cString: name))
      }
      sr_pop(state, 1)
    }
    return names
  }

  /// Pushes the entry of the table at `table`; the index counts from before the push.
  private static func push(_ name: String, _ state: OpaquePointer, table: Int32 = -2) {
    let index = lua_absindex(state, table)
    lua_pushstring(state, name)
    lua_rawget(state, index)
  }

  /// Makes `getmetatable("")` return false, so that recipes cannot reach the table behind all strings.
  private static func lockStrings(_ state: OpaquePointer) {
    lua_pushstring(state, "")
    if lua_getmetatable(state, -1) != 0 {
      lua_pushstring(state, "__metatable")
      lua_pushboolean(state, 0)
      lua_rawset(state, -3)
      sr_pop(state, 1)
    }
    sr_pop(state, 1)
  }
}
