import Values

/// The values of a recipe's parameters for one run.
package struct RecipeSettings: Sendable, Hashable {
  package private(set) var values: [String: ParameterValue]
  /// Parameters without a default or a value: ask the user, or throw ``SettingError/missing(_:)``.
  package private(set) var missing: [RecipeParameter]

  /// - Parameter settings: each in the form after `--set`: `name=value`.
  /// - Throws: ``SettingError``.
  package init(_ settings: [String], for parameters: [RecipeParameter]) throws(SettingError) {
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

  /// The table passed to `run` as `params`.
  package var luaTable: LuaValue { .table(LuaTable(fields: values.mapValues(\.luaValue))) }
}

/// An unacceptable setting; the recipe has not run yet.
package enum SettingError: Error, Hashable, Sendable {
  case notASetting(String)
  case unknown(parameter: String, nearest: String?, known: [String])
  case twice(parameter: String)
  case mismatch(parameter: String, expected: String, got: String, nearest: String?)
  case missing([RecipeParameter])
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
      let guess = nearest.map { "; did you mean \"\($0)\"?" } ?? ""
      return "the parameter \"\(name)\": expected \(expected), got \"\(got)\"" + guess
    case .missing(let parameters):
      let first = parameters.map { "--set \($0.name)=… (\($0.help))" }.joined(separator: ", ")
      return "the recipe needs " + first
    }
  }
}
