/// Sorts the arguments of a recipe's call by parameter name.
package enum ArgumentList {
  /// Accepts `f { a = 1 }`, `f { 1, b = 2 }`, `f(1, 2)` and `f(1, { b = 2 })`: unnamed arguments follow the order in
  /// which the parameters are declared, and a table of named arguments may stand alone or last. If the first parameter
  /// is a list, `f { 1, 2, b = 3 }` gives the list its items.
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
      positional += positional.isEmpty && isList(table, for: parameters.first) ? [list(table)] : table.list
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
    // A key is a table with names: `verify_login {}` names no key, and `copy_id { key }` names one.
    if table.list.isEmpty || place == 0, table.fields.isEmpty, parameters[place].luaType.hasPrefix("ssh.Key") {
      return true
    }
    if place == 0, table.fields.isEmpty, case .table? = table.list.first, takesItems(parameters[0]) { return true }
    let names = Set(parameters.map(\.name))
    return !table.fields.isEmpty && table.fields.keys.contains(where: names.contains)
  }

  private static func list(_ table: LuaTable) -> LuaValue { .table(LuaTable(list: table.list)) }

  /// Whether the unnamed arguments of a table are the items of the first parameter.
  private static func isList(_ table: LuaTable, for parameter: ParameterInfo?) -> Bool {
    guard let parameter, let first = table.list.first, takesItems(parameter) else { return false }
    if case .table = first { return false }
    return true
  }

  /// Whether the parameter is a list without tables.
  private static func takesItems(_ parameter: ParameterInfo) -> Bool {
    parameter.luaType.hasSuffix("[]") && !isTable(String(parameter.luaType.dropLast(2)))
  }

  private static func isTable(_ luaType: String) -> Bool {
    luaType.hasPrefix("table<") || luaType.hasSuffix("[]") || luaType == "any" || luaType.contains("table|")
      || luaType.hasPrefix("ssh.Key")
  }
}
