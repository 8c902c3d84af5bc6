import Values

/// A setting of a recipe: `--set name=value`.
package struct RecipeParameter: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case boolean, integer, string
  }

  package var name: String
  package var help: String
  /// As the default's, or as declared with `type`; a string when neither is there.
  package var kind: Kind
  /// The only values that are allowed; empty: any.
  package var choices: [String]
  /// `nil`: it must be given, or is asked for when a person is there.
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

  /// What may stand after `name=`: `true or false`, `an integer`, `"a" or "b"`, `text`.
  package var expectation: String {
    if !choices.isEmpty { return Wording.choices(choices) }
    return switch kind {
    case .boolean: "true or false"
    case .integer: "an integer"
    case .string: "text"
    }
  }

  /// Reads what a person wrote after `name=`, or answered.
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

/// What a parameter holds.
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

  /// As `--set` takes it.
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
