import CLua

/// Finds a module's source: text, and name in messages. `nil` if there is no such module.
package typealias LuaModuleLoader = @Sendable (String) throws -> (source: [UInt8], chunkName: String)?

extension LuaCore {
  /// Compiles text into a function with its own environment, left on the stack of `state`.
  func compile(_ source: [UInt8], name: String, _ state: OpaquePointer) throws(LuaError) {
    let run = try run
    let made = CompiledChunks.code(of: source, name: name)
    let text = made ?? Array(source.dropFirst(LuaPreamble.length(in: source)))
    let status = text.withUnsafeBytes { bytes in
      let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      return made == nil
        ? sr_compile(run, state, start, bytes.count, "@" + name)
        : sr_load_made(run, state, start, bytes.count, "@" + name)
    }
    chunkNames[shortened(name)] = name
    guard status == LUA_OK else {
      defer { sr_pop(state, 1) }
      var failure = error(state, traceback: [], cancelled: false)
      if failure.kind == .runtime { failure.kind = .syntax }
      throw failure
    }
    if made == nil { CompiledChunks.keep(source, name: name, state) }
    sr_push_environment(run, state)
    if lua_setupvalue(state, -2, 1) == nil { sr_pop(state, 1) }
  }

  /// A long name as shortened in Lua's messages (`luaO_chunkid`: 60 bytes with the terminator, the tail kept).
  private func shortened(_ name: String) -> String {
    let bytes = Array(name.utf8)
    guard bytes.count >= 60 else { return name }
    return "..." + String(decoding: bytes.suffix(56), as: UTF8.self)
  }

  func module(_ state: OpaquePointer) -> Int32 {
    let name = text(state, 1)
    do {
      guard RecipeModules.isName(name) else {
        throw LuaMisuse(
          kind: .module,
          message: "'\(name)' is not a module name: lower-case letters, digits and '_', in parts separated by '.'")
      }
      if let start = loading.firstIndex(of: name) {
        let chain = (loading[start...] + [name]).joined(separator: " -> ")
        throw LuaMisuse(kind: .module, message: "modules require each other: \(chain)")
      }
      guard let found = try modules?(name) else {
        throw LuaMisuse(kind: .module, message: "module '\(name)' not found")
      }
      try compile(found.source, name: found.chunkName, state)
      loading.append(name)
      return 1
    } catch {
      pushError(error, state, position: position(state))
      return Int32(SR_RAISE)
    }
  }
}
