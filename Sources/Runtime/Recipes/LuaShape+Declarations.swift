import Contract
import Lua
import Values

/// The tables that a recipe or a primitive receives. Each field outside of the declarations is a mistake of the author.
extension LuaShape {
  /// The recipe's table `hosts`.
  package static func hosts(of header: RecipeHeader) -> LuaShape {
    LuaShape("hosts of a recipe", title: "'hosts'", fields: header.roles.map(\.name))
  }

  /// The recipe's table `params`.
  package static func settings(of header: RecipeHeader) -> LuaShape {
    LuaShape("params of a recipe", title: "'params'", fields: header.parameters.map(\.name))
  }

  /// The table `args` of a primitive written in Lua.
  package static func arguments(of primitive: Primitive) -> LuaShape {
    LuaShape("args of \(primitive.name)", title: "'args'", fields: primitive.parameters.map(\.name))
  }

  /// - Returns: `nil` if the result is not a table with known fields.
  package static func result(of primitive: Primitive) -> LuaShape? {
    let names = primitive.results.map(\.name)
    guard !names.isEmpty, names.allSatisfy({ !$0.hasPrefix("[") }) else { return nil }
    return LuaShape(
      primitive.name, title: "the result of \(primitive.name)",
      fields: names + ["changed", "planned"].filter { !names.contains($0) })
  }

  /// A table of this shape.
  package func table(_ fields: [String: LuaValue]) -> LuaValue {
    var table = LuaTable(fields: fields)
    table.shape = name
    return .table(table)
  }
}
