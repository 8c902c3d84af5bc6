import Contract
import Diagnosis
import Values

/// Definitions for lua-language-server (luals.github.io/wiki/definition-files), with which an editor completes and
/// checks recipes.
package enum EditorStubs {
  package static func text(_ primitives: [Primitive]) -> String {
    let methods = primitives.filter { $0.scope == .host }
    let words = primitives.filter { $0.scope == .recipe }
    var text = """
      ---@meta ssh-recipes
      -- THIS FILE IS GENERATED from the declarations of the primitives. DO NOT EDIT; `make reference` writes it.
      error("a definition file cannot be required")

      ---@class ssh.Recipe
      ---@field summary string The recipe's purpose, in one line.
      ---@field guide? string The guide that the recipe follows.
      ---@field hosts? table[] Roles: `{ "name", "purpose", many = true }`.
      ---@field params? table[] Settings: `{ "name", "purpose", default = …, one_of = {…} }`.
      ---@field needs? (\(Permission.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: "|")))[] Permissions.
      ---@field run fun(hosts: table<string, any>, params: table<string, any>) A role is an `ssh.Host`, or a list of them.

      ---Declares the recipe; call it once, at the top level of the file.
      ---@param declaration ssh.Recipe
      function recipe(declaration) end

      ---A host of the recipe.
      ---@class ssh.Host
      ---@field name string As given on the command line: `pi@192.168.1.20`.
      ---@field role string
      ---@field user? string
      ---@field address? string
      ---@field port? integer
      local Host = {}

      ---A key, as `keygen` returns it.
      ---@class ssh.Key

      ---A secret that a recipe can pass on but not read.
      ---@class ssh.Secret

      ---This computer.
      ---@type ssh.Host
      here = nil

      """
    text += failure
    text += methods.map { function($0, name: "Host:\($0.name)") }.joined()
    text += words.map { function($0, name: $0.name) }.joined()
    return text
  }

  /// The table of a failed primitive, as caught by `pcall`.
  private static var failure: String {
    var lines = ["", "---The kind of a failure, for a recipe to test.", "---@alias ssh.FailureKind"]
    lines += Failure.Kind.allCases.map { "---| \"\($0.rawValue)\" # \($0.meaning)" }
    lines += [
      "", "---The table raised by a primitive that fails.", "---@class ssh.Failure",
      "---@field kind ssh.FailureKind|string A string of the recipe's own, if given to `fail`.",
      "---@field message string One sentence.",
      "---@field cause? string The cause's name, such as `bad-modes`.",
      "---@field explanation? string The cause in a sentence.",
      "---@field seen string[] The evidence: lines of logs, modes, messages of ssh.",
      "---@field fix string[] The next steps, each a command or a sentence.",
      "---@field paths string[] The files and directories concerned.",
      "---@field gate? \(Gate.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: "|")) The gate that stopped a change of sshd's configuration.",
      "---@field primitive? string", "---@field host? string",
      "---@field status? integer The exit status of a command.", "---@field stderr? string",
      "---@field step? string", "---@field position? string File and line of the recipe.",
      "---@field within? string File and line of a primitive written in Lua.",
      "---@field action? integer The ID of the failed call, as in the JSON output.",
      "---@field traceback? string[] The recipe's frames, innermost first.",
      "---@field failures? ssh.Failure[] The failures of the branches of `parallel`.",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func function(_ primitive: Primitive, name: String) -> String {
    var lines = [""]
    if let resultClass = primitive.resultClass {
      lines.append("---@class \(resultClass)\(primitive.name == "keygen" ? ": ssh.Key" : "")")
      for field in primitive.resultFields {
        let name = visibilities.contains(field.name) ? "[\"\(field.name)\"]" : field.name
        lines.append("---@field \(name) \(field.luaType) \(field.help)")
      }
      lines.append("")
    }
    lines.append("---\(primitive.summary)")
    lines.append("---")
    lines.append("---    \(primitive.example)")
    for parameter in primitive.parameters {
      let mark = parameter.isRequired ? "" : "?"
      lines.append("---@param \(variable(parameter))\(mark) \(parameter.luaType) \(parameter.help)")
    }
    let result = primitive.resultType ?? plainResults[primitive.name] ?? "any"
    lines.append("---@return \(result)")
    let first = name.hasPrefix("Host:") ? "self: ssh.Host, " : ""
    lines += tables(primitive).map { "---@overload fun(\(first)\($0)): \(result)" }
    lines.append("function \(name)(\(primitive.parameters.map(variable).joined(separator: ", "))) end")
    return lines.joined(separator: "\n") + "\n"
  }

  /// The calls with arguments in a table: all of them by name, the first by place in the table, the first in front of it.
  private static func tables(_ primitive: Primitive) -> [String] {
    let fields = primitive.parameters.map { "\($0.name)\($0.isRequired ? "" : "?"): \($0.luaType)" }
    guard let first = primitive.parameters.first else { return ["arguments: {}"] }
    let rest = fields.dropFirst().joined(separator: ", ")
    let place = "[1]\(first.isRequired ? "" : "?"): \(first.luaType)"
    let byName = "arguments: { \(fields.joined(separator: ", ")) }"
    guard !rest.isEmpty else { return [byName, "arguments: { \(place) }"] }
    return [
      byName, "arguments: { \(place), \(rest) }", "\(variable(first)): \(first.luaType), arguments: { \(rest) }",
    ]
  }

  /// The types of results that are no tables.
  private static let plainResults = [
    "ask": "string", "confirm": "boolean", "read": "string", "secret": "ssh.Secret",
  ]

  /// Words with which `@field` marks the field's visibility.
  private static let visibilities: Set<String> = ["public", "private", "protected", "package"]

  private static func variable(_ parameter: ParameterInfo) -> String {
    parameter.name + (luaKeywords.contains(parameter.name) ? "_" : "")
  }

  /// Lua 5.4's reserved words, allowed as names of fields in a table, but not as names of parameters.
  static let luaKeywords: Set<String> = [
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil",
    "not",
    "or", "repeat", "return", "then", "true", "until", "while",
  ]
}
