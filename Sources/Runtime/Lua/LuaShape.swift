import CLua
import Values

/// The fields that tables of one kind may have, such as the result of a primitive. A field without a value is `nil`; any
/// other name is a mistake of the recipe's author.
package struct LuaShape: Sendable {
  /// The name in ``LuaTable/shape``.
  package let name: String
  /// The tables in a message: `the result of chmod`.
  package let title: String
  package let fields: [String]

  package init(_ name: String, title: String, fields: [String]) {
    self.name = name
    self.title = title
    self.fields = fields
  }

  /// - Returns: the message for a field that the tables cannot have; `nil` for one of ``fields``.
  package func refusal(of name: String) -> String? {
    guard !fields.contains(name) else { return nil }
    let guess = NearestName.find(name, among: fields).map { "; did you mean '\($0)'?" } ?? ""
    return "\(title) has no field '\(name)'\(guess)"
  }
}

extension LuaCore {
  func define(_ shape: LuaShape) {
    guard let main = try? sr_main(run), lua_checkstack(main, 24) != 0 else { return }
    lua_createtable(main, 0, 1)
    addCheck(shape, main)
    kinds.declare(shape: shape.name, state: main)
  }

  func define(errorsAs shape: LuaShape) {
    guard let run = try? run, let main = sr_main(run), lua_checkstack(main, 24) != 0 else { return }
    lua_createtable(main, 0, 0)
    sr_set_error_metatable(run, main)
    if lua_getmetatable(main, -1) != 0 {
      addCheck(shape, main)
      sr_pop(main, 1)
    }
    sr_pop(main, 1)
  }

  /// Adds `__index` to the metatable on top of the stack.
  private func addCheck(_ shape: LuaShape, _ state: OpaquePointer) {
    stack(state).push("__index")
    natives.append(.missing(shape))
    sr_push_native(state, Int32(natives.count - 1))
    lua_rawset(state, -3)
  }
}
