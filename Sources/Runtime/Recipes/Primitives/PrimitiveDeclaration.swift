import Contract
import Values

/// The content of one `primitive { … }` call.
package struct PrimitiveDeclaration: Sendable {
  package let name: String
  let summary: String
  let needs: Set<Permission>
  /// Needed by some calls.
  let perhaps: Set<Permission>
  let parameters: [DeclaredParameter]
  let results: [ResultField]
  let done: String
  let example: String
  /// `body`, to be called with a host and the arguments.
  package let body: LuaFunctionReference
  /// Checks the arguments without a host.
  package let check: LuaFunctionReference?

  private static let fields = [
    "name", "summary", "needs", "may_need", "params", "results", "done", "example", "check", "body",
  ]
  private static let doneByDefault = "The primitive looked again, and found all as wanted."

  /// - Parameter file: the name of the file without `.lua`, which is the primitive's name.
  /// - Throws: ``DeclarationProblem`` for the first mistake.
  init(_ arguments: [LuaValue], file: String) throws(DeclarationProblem) {
    let place = "the primitive \"\(file)\""
    let table = try DeclarationTable(arguments.first ?? .nil, place: place, fields: Self.fields)
    let name = try table.text("name") ?? file
    guard DeclaredName.isValid(file) else { throw .badName(file, place: "the file") }
    guard name == file else {
      throw .mismatch(field: "name", place: place, expected: "the file's name, \"\(file)\"", got: "\"\(name)\"")
    }
    self.name = name
    summary = try table.line("summary", meaning: "the primitive's purpose, in one sentence with a full stop")
    example = try table.text("example", meaning: "a working line of Lua, such as pi:\(name) { … }")
    done = try table.text("done") ?? Self.doneByDefault
    needs = try RecipeDeclaration.needs(table)
    perhaps = try RecipeDeclaration.needs(table, "may_need").subtracting(needs)
    parameters = try Self.parameters(table)
    results = try Self.results(table)
    check = table.has("check") ? try table.function("check", shape: "function(args) … end", meaning: "") : nil
    body = try table.function(
      "body", shape: "function(host, args) … end", meaning: ", which returns unchanged(…) or change(…)")
  }

  private static func parameters(_ table: DeclarationTable) throws(DeclarationProblem) -> [DeclaredParameter] {
    var parameters: [DeclaredParameter] = []
    for (index, value) in try table.values("params").enumerated() {
      let place = "params[\(index + 1)]"
      let entry = try DeclarationTable(
        value, place: place, fields: ["one_of", "default", "type", "optional"], positional: 2)
      let name = try entry.text(at: 1, "name", meaning: "the name of the argument")
      try DeclaredName.check(name, among: parameters.map(\.info.name), place: place)
      let help = try entry.text(at: 2, "help", meaning: "a sentence about the argument, with a full stop")
      parameters.append(try parameter(name, help, entry))
    }
    return parameters
  }

  private static func parameter(
    _ name: String, _ help: String, _ entry: DeclarationTable
  ) throws(DeclarationProblem) -> DeclaredParameter {
    let preset = entry.has("default") ? entry["default"] : nil
    let known = try entry.text("type") ?? "string"
    let given = entry.has("type") ? nil : preset.flatMap { ParameterTypes.type(of: $0) }
    guard let type = given ?? ParameterTypes.type(known) else {
      let guess = Wording.guess(NearestName.find(known, among: ParameterTypes.names))
      let names = ParameterTypes.names.joined(separator: ", ")
      throw .mismatch(
        field: "type", place: "the argument \"\(name)\"", expected: "one of \(names), with [] for a list",
        got: "\"\(known)\"" + guess)
    }
    let choices = try entry.texts("one_of") ?? []
    guard !choices.isEmpty || !entry.has("one_of") else {
      throw .mismatch(field: "one_of", place: "the argument \"\(name)\"", expected: "at least one value", got: "none")
    }
    let isOptional = try entry.flag("optional") ?? false
    return try make(name, help, type, choices, preset, isOptional)
  }

  private static func make<Value: LuaArgument>(
    _ name: String, _ help: String, _ type: Value.Type, _ choices: [String], _ preset: LuaValue?, _ isOptional: Bool
  ) throws(DeclarationProblem) -> DeclaredParameter {
    do throws(Mismatch) {
      return try DeclaredParameter(name, help, type, choices: choices, default: preset, isOptional: isOptional)
    } catch {
      throw .mismatch(
        field: "default", place: "the argument \"\(name)\"", expected: error.expectation, got: error.got)
    }
  }

  private static let reserved = ["changed", "planned"]

  private static func results(_ table: DeclarationTable) throws(DeclarationProblem) -> [ResultField] {
    var results: [ResultField] = []
    for (index, value) in try table.values("results").enumerated() {
      let place = "results[\(index + 1)]"
      let entry = try DeclarationTable(value, place: place, fields: [], positional: 3)
      let name = try entry.text(at: 1, "name", meaning: "the name of the field")
      guard !reserved.contains(name) else {
        throw .mismatch(
          field: "name", place: place, expected: "a field of the primitive's own", got: "\"\(name)\", set by each run")
      }
      try DeclaredName.check(name, among: results.map(\.name), place: place)
      let type = try entry.text(at: 2, "type", meaning: "the field's type, such as \"string\"")
      let help = try entry.text(at: 3, "help", meaning: "a sentence about the field, with a full stop")
      results.append(ResultField(name, type, help))
    }
    return results
  }
}

extension PrimitiveDeclaration {
  /// The arguments of a call by name, checked, with defaults.
  package func arguments(_ given: [LuaValue]) throws(ArgumentError) -> [String: LuaValue] {
    try values(try ArgumentList.named(given, parameters: parameters.map(\.info)))
  }

  /// The arguments by name, checked, with defaults.
  func values(_ named: [String: LuaValue]) throws(ArgumentError) -> [String: LuaValue] {
    var values: [String: LuaValue] = [:]
    for parameter in parameters { values[parameter.info.name] = try parameter.read(named).value }
    return values
  }

  /// The differing fields of `primitive { … }`, apart from the body, in the manual's order: a run compares its reading
  /// of the file with the first reading.
  package func fields(otherIn other: PrimitiveDeclaration) -> [String] {
    var fields: [String] = []
    if summary != other.summary { fields.append("summary") }
    if needs != other.needs || perhaps != other.perhaps { fields.append("needs") }
    if parameters.map(\.info) != other.parameters.map(\.info) { fields.append("params") }
    if results != other.results { fields.append("results") }
    return fields
  }
}
