/// A setting of a recipe: `--set name=value`.
public struct RecipeParameter: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case boolean, integer, string
  }

  public var name: String
  public var help: String
  /// As the default's, or as declared with `type`; a string when neither is there.
  public var kind: Kind
  /// The only values that are allowed; empty: any.
  public var choices: [String]
  /// `nil`: it must be given, or is asked for when a person is there.
  public var defaultValue: ParameterValue?

  public init(
    _ name: String, _ help: String, kind: Kind = .string, choices: [String] = [], default value: ParameterValue? = nil
  ) {
    self.name = name
    self.help = help
    self.kind = value?.kind ?? kind
    self.choices = choices
    defaultValue = value
  }

  public var isRequired: Bool { defaultValue == nil }

  /// What may stand after `name=`: `true or false`, `an integer`, `"a" or "b"`, `text`.
  public var expectation: String {
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
  public func value(parsing text: String) throws(SettingError) -> ParameterValue {
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
public enum ParameterValue: Sendable, Hashable {
  case boolean(Bool)
  case integer(Int64)
  case string(String)

  public var kind: RecipeParameter.Kind {
    switch self {
    case .boolean: .boolean
    case .integer: .integer
    case .string: .string
    }
  }

  /// As `--set` takes it.
  public var text: String {
    switch self {
    case .boolean(let flag): String(flag)
    case .integer(let number): String(number)
    case .string(let text): text
    }
  }

  public var luaValue: LuaValue {
    switch self {
    case .boolean(let flag): .boolean(flag)
    case .integer(let number): .integer(number)
    case .string(let text): .string(text)
    }
  }
}
