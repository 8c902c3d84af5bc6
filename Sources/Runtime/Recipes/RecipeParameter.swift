import Values

/// A setting of a recipe: `--set name=value`.
package struct RecipeParameter: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case boolean, integer, string
  }

  package var name: String
  package var help: String
  /// The kind of the default, or as declared with `type`; a string if the recipe gives neither.
  package var kind: Kind
  /// The only allowed values; empty for any.
  package var choices: [String]
  /// `nil` if the user must give a value, or is asked for one.
  package var defaultValue: ParameterValue?

  package init(
    _ name: String, _ help: String, kind: Kind = .string, choices: [String] = [], default value: ParameterValue? = nil
  ) {
    self.name = name
    self.help = help
    self.kind = value?.kind ?? kind
    self.choices = choices
    defaultValue = value
  }

  package var isRequired: Bool { defaultValue == nil }

  /// The values allowed after `name=`: `true or false`, `an integer`, `"a" or "b"`, `text`.
  package var expectation: String {
    if !choices.isEmpty { return Wording.choices(choices) }
    return switch kind {
    case .boolean: "true or false"
    case .integer: "an integer"
    case .string: "text"
    }
  }

  /// Reads the user's value after `name=`, or an answer.
  ///
  /// - Throws: ``SettingError``.
  package func value(parsing text: String) throws(SettingError) -> ParameterValue {
    switch kind {
    case .boolean:
      switch text.lowercased() {
      case "true", "yes", "on": return .boolean(true)
      case "false", "no", "off": return .boolean(false)
      default: throw .mismatch(parameter: name, expected: expectation, got: text, nearest: nil)
      }
    case .integer:
      guard let number = Int64(text) else {
        throw .mismatch(parameter: name, expected: expectation, got: text, nearest: nil)
      }
      return .integer(number)
    case .string:
      guard choices.isEmpty || choices.contains(text) else {
        let nearest = NearestName.find(text, among: choices)
        throw .mismatch(parameter: name, expected: expectation, got: text, nearest: nearest)
      }
      return .string(text)
    }
  }
}

/// The value of a parameter.
package enum ParameterValue: Sendable, Hashable {
  case boolean(Bool)
  case integer(Int64)
  case string(String)

  package var kind: RecipeParameter.Kind {
    switch self {
    case .boolean: .boolean
    case .integer: .integer
    case .string: .string
    }
  }

  /// As in `--set`.
  package var text: String {
    switch self {
    case .boolean(let flag): String(flag)
    case .integer(let number): String(number)
    case .string(let text): text
    }
  }

  package var luaValue: LuaValue {
    switch self {
    case .boolean(let flag): .boolean(flag)
    case .integer(let number): .integer(number)
    case .string(let text): .string(text)
    }
  }
}
