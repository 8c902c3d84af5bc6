/// Sorts the arguments of a recipe's call by parameter name.
package enum ArgumentList {
  /// Accepts `f { a = 1 }`, `f { 1, b = 2 }`, `f(1, 2)` and `f(1, { b = 2 })`: unnamed arguments follow the order in
  /// which the parameters are declared, and a table of named arguments may stand alone or last.
  ///
  /// - Throws: ``ArgumentError`` for an unknown name, too many arguments, or an argument given twice.
  package static func named(
    _ arguments: [LuaValue], parameters: [ParameterInfo]
  ) throws(ArgumentError) -> [String: LuaValue] {
    var positional = arguments
    while positional.last == .nil { positional.removeLast() }
    var named: [String: LuaValue] = [:]
    if case .table(let table)? = positional.last, takesNames(table, positional, parameters) {
      named = table.fields
      positional.removeLast()
      positional += table.list
    }
    for name in named.keys.sorted() where !parameters.contains(where: { $0.name == name }) {
      throw .unknown(parameter: name, nearest: NearestName.find(name, among: parameters.map(\.name)))
    }
    guard positional.count <= parameters.count else {
      throw .tooMany(given: positional.count, taken: parameters.count)
    }
    for (parameter, value) in zip(parameters, positional) {
      guard named[parameter.name] == nil else { throw .twice(parameter: parameter.name) }
      named[parameter.name] = value
    }
    return named
  }

  /// Whether the last argument names parameters. Where a table is expected, a table is the argument itself, unless its
  /// fields are parameters' names: `write("f", { … })` against `run("f", { timeout = 5 })`.
  private static func takesNames(
    _ table: LuaTable, _ arguments: [LuaValue], _ parameters: [ParameterInfo]
  ) -> Bool {
    let place = arguments.count - 1
    guard place < parameters.count, isTable(parameters[place].luaType) else {
      return table.list.isEmpty || place == 0
    }
    // A key is never an empty table: `verify_login {}` names no key.
    if table.list.isEmpty, table.fields.isEmpty, parameters[place].luaType.hasPrefix("ssh.Key") { return true }
    let names = Set(parameters.map(\.name))
    return !table.fields.isEmpty && table.fields.keys.contains(where: names.contains)
  }

  private static func isTable(_ luaType: String) -> Bool {
    luaType.hasPrefix("table<") || luaType.hasSuffix("[]") || luaType == "any" || luaType.contains("table|")
      || luaType.hasPrefix("ssh.Key")
  }
}
