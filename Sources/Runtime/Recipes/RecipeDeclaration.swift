import Contract
import Values

/// Builds the header from the argument of `recipe { … }`.
enum RecipeDeclaration {
  /// - Parameter arguments: the arguments of the call.
  /// - Throws: ``DeclarationProblem`` for the first mistake.
  static func read(
    _ arguments: [LuaValue], name: String
  ) throws(DeclarationProblem) -> (header: RecipeHeader, run: LuaFunctionReference) {
    let table = try DeclarationTable(
      arguments.first ?? .nil, place: "the recipe", fields: ["summary", "guide", "hosts", "params", "needs", "run"])
    let header = RecipeHeader(
      name: name,
      summary: try table.text("summary", meaning: "the recipe's purpose in one line"),
      guide: try table.text("guide"),
      roles: try roles(table),
      parameters: try parameters(table),
      needs: try needs(table))
    let run = try table.function("run", shape: "function(hosts, params) … end", meaning: " with the recipe's steps")
    return (header, run)
  }

  private static func roles(_ table: DeclarationTable) throws(DeclarationProblem) -> [RecipeRole] {
    var roles: [RecipeRole] = []
    for (index, value) in try table.values("hosts").enumerated() {
      let place = "hosts[\(index + 1)]"
      let entry = try DeclarationTable(value, place: place, fields: ["many"], positional: 2)
      let name = try entry.text(at: 1, "name", meaning: "the name of the host in the recipe")
      try DeclaredName.check(name, among: roles.map(\.name) + ["here"], place: place)
      let help = try entry.text(at: 2, "help", meaning: "the host's purpose, shown to the user")
      roles.append(RecipeRole(name, help, isMany: try entry.flag("many") ?? false))
    }
    if let role = roles.dropLast().first(where: \.isMany) { throw .manyNotLast(role: role.name) }
    return roles
  }

  private static func parameters(_ table: DeclarationTable) throws(DeclarationProblem) -> [RecipeParameter] {
    var parameters: [RecipeParameter] = []
    for (index, value) in try table.values("params").enumerated() {
      let place = "params[\(index + 1)]"
      let entry = try DeclarationTable(value, place: place, fields: ["one_of", "default", "type"], positional: 2)
      let name = try entry.text(at: 1, "name", meaning: "the name of the parameter")
      try DeclaredName.check(name, among: parameters.map(\.name), place: place)
      parameters.append(try parameter(name, entry))
    }
    return parameters
  }

  private static func parameter(
    _ name: String, _ entry: DeclarationTable
  ) throws(DeclarationProblem) -> RecipeParameter {
    let help = try entry.text(at: 2, "help", meaning: "the parameter's purpose, shown by \"show\" and in prompts")
    let choices = try entry.texts("one_of") ?? []
    let declared = try declaredKind(entry)
    let preset = try defaultValue(of: name, entry)
    if let declared, let preset, declared != preset.kind {
      throw .defaultOfAnotherKind(parameter: name, declared: declared, got: preset.kind)
    }
    if !choices.isEmpty, let preset, preset.kind != .string || !choices.contains(preset.text) {
      throw .defaultNotAllowed(parameter: name, got: preset.text, choices: choices)
    }
    return RecipeParameter(name, help, kind: declared ?? .string, choices: choices, default: preset)
  }

  private static func declaredKind(_ entry: DeclarationTable) throws(DeclarationProblem) -> RecipeParameter.Kind? {
    guard let text = try entry.text("type") else { return nil }
    let known = entry.has("one_of") ? [.string] : RecipeParameter.Kind.allCases
    guard let kind = RecipeParameter.Kind(rawValue: text), known.contains(kind) else {
      throw .mismatch(
        field: "type", place: entry.place, expected: Wording.choices(known.map(\.rawValue)), got: "\"\(text)\"")
    }
    return kind
  }

  private static func defaultValue(
    of name: String, _ entry: DeclarationTable
  ) throws(DeclarationProblem) -> ParameterValue? {
    switch entry["default"] {
    case .nil: return nil
    case .boolean(let flag): return .boolean(flag)
    case .integer(let number): return .integer(number)
    case let value:
      if let text = value.text { return .string(text) }
      throw .mismatch(
        field: "default", place: "the parameter \"\(name)\"", expected: "true or false, an integer or a string",
        got: value.shortText)
    }
  }

  static func needs(
    _ table: DeclarationTable, _ field: String = "needs"
  ) throws(DeclarationProblem) -> Set<Permission> {
    var needs: Set<Permission> = []
    for name in try table.texts(field) ?? [] {
      guard let permission = Permission(rawValue: name) else {
        let nearest = NearestName.find(name, among: Permission.allCases.map(\.rawValue))
        throw .unknownPermission(name, nearest: nearest)
      }
      needs.insert(permission)
    }
    return needs
  }
}
