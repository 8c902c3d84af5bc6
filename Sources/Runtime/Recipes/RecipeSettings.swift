import Values

/// The values of a recipe's parameters for one run.
package struct RecipeSettings: Sendable, Hashable {
  package private(set) var values: [String: ParameterValue]
  /// Parameters without a default or a value: ask the user, or throw ``SettingError/missing(_:)``.
  package private(set) var missing: [RecipeParameter]

  /// - Parameters:
  ///   - settings: each in the form after `--set`: `name=value`.
  ///   - layers: values from files, the stronger layer first. `settings` replace all these values. Names without a
  ///     parameter are ignored.
  /// - Throws: ``SettingError``.
  package init(
    _ settings: [String], for parameters: [RecipeParameter], under layers: [[String: GivenValue]] = []
  ) throws(SettingError) {
    var given: [String: ParameterValue] = [:]
    for setting in settings {
      guard let sign = setting.firstIndex(of: "="), sign != setting.startIndex else {
        throw .notASetting(setting)
      }
      let name = String(setting[..<sign])
      guard let parameter = parameters.first(where: { $0.name == name }) else {
        let known = parameters.map(\.name)
        throw .unknown(parameter: name, nearest: NearestName.find(name, among: known), known: known)
      }
      guard given[name] == nil else { throw .twice(parameter: name) }
      given[name] = try parameter.value(parsing: String(setting[setting.index(after: sign)...]))
    }
    for parameter in parameters where given[parameter.name] == nil {
      guard let value = layers.lazy.compactMap({ $0[parameter.name] }).first else { continue }
      given[parameter.name] = try parameter.value(value)
    }
    let defaults = parameters.compactMap { parameter in parameter.defaultValue.map { (parameter.name, $0) } }
    values = given.merging(defaults) { given, _ in given }
    missing = parameters.filter { $0.isRequired && given[$0.name] == nil }
  }

  /// Takes the user's answer for a missing parameter.
  ///
  /// - Throws: ``SettingError``.
  package mutating func answer(_ parameter: RecipeParameter, _ text: String) throws(SettingError) {
    values[parameter.name] = try parameter.value(parsing: text)
    missing.removeAll { $0.name == parameter.name }
  }

  /// The fields of the table `params` of `run`.
  package var luaFields: [String: LuaValue] { values.mapValues(\.luaValue) }
}

/// An unacceptable setting; the recipe has not run yet.
package enum SettingError: Error, Hashable, Sendable {
  case notASetting(String)
  case unknown(parameter: String, nearest: String?, known: [String])
  case twice(parameter: String)
  case mismatch(parameter: String, expected: String, got: String, nearest: String?)
  case missing([RecipeParameter])
  /// A mismatch of a value from a file. The type's name tells values with the same text apart.
  case given(parameter: String, expected: String, got: GivenValue, nearest: String?)
  /// Two hosts of the same run have different values.
  case conflict(parameter: String, first: String, second: String)
}

extension RecipeParameter {
  /// Reads a value of a file.
  ///
  /// - Throws: ``SettingError/given(parameter:expected:got:nearest:)``.
  package func value(_ given: GivenValue) throws(SettingError) -> ParameterValue {
    do throws(SettingError) {
      if let text = given.text { return try value(parsing: text) }
    } catch .mismatch(_, let expected, _, let nearest) {
      throw .given(parameter: name, expected: expected, got: given, nearest: nearest)
    }
    throw .given(parameter: name, expected: expectation, got: given, nearest: nil)
  }
}

extension SettingError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notASetting(let text):
      return "\"\(text)\" is not a setting; expected name=value"
    case .unknown(let name, let nearest, let known):
      return "the recipe has no parameter \"\(name)\"" + Wording.guess(nearest, known: known, of: "parameters")
    case .twice(let name):
      return "the parameter \"\(name)\" is set twice"
    case .mismatch(let name, let expected, let got, let nearest):
      return "the parameter \"\(name)\": expected \(expected), got \"\(got)\"" + Wording.guess(nearest)
    case .given(let name, let expected, let got, let nearest):
      let value = got.text.map { "\"\($0)\"" + (got.typeName == "text" ? "" : ", \(got.typeName)") } ?? got.typeName
      return "the parameter \"\(name)\": expected \(expected), got \(value) from \(got.origin)" + Wording.guess(nearest)
    case .conflict(let name, let first, let second):
      return "the parameter \"\(name)\" has different values for the hosts \(first) and \(second) of one run; "
        + "--set \(name)=… decides"
    case .missing(let parameters):
      let first = parameters.map { "--set \($0.name)=… (\($0.help))" }.joined(separator: ", ")
      return "the recipe needs " + first
    }
  }
}
