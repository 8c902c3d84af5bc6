import Recipes

/// A difference between the settings of two versions of a recipe.
package enum ParameterChange: Sendable, Hashable {
  case added(RecipeParameter)
  case removed(RecipeParameter)
  case changed(old: RecipeParameter, new: RecipeParameter)

  package static func between(_ old: [RecipeParameter], and new: [RecipeParameter]) -> [ParameterChange] {
    var changes: [ParameterChange] = []
    for parameter in new {
      guard let before = old.first(where: { $0.name == parameter.name }) else {
        changes.append(.added(parameter))
        continue
      }
      if before != parameter { changes.append(.changed(old: before, new: parameter)) }
    }
    return changes + old.filter { parameter in !new.contains { $0.name == parameter.name } }.map { .removed($0) }
  }

  /// The change on one line, for people.
  package var text: String {
    switch self {
    case .added(let new):
      return "+ \(new.name)  \(new.help) (\(new.expectation); \(Self.fallback(new)))"
    case .removed(let old): return "- \(old.name)"
    case .changed(let old, let new):
      var parts: [String] = []
      if old.expectation != new.expectation { parts.append("\(old.expectation) -> \(new.expectation)") }
      if old.defaultValue != new.defaultValue { parts.append("\(Self.fallback(old)) -> \(Self.fallback(new))") }
      if old.help != new.help { parts.append("\"\(old.help)\" -> \"\(new.help)\"") }
      return "~ \(new.name)  " + parts.joined(separator: ", ")
    }
  }

  private static func fallback(_ parameter: RecipeParameter) -> String {
    parameter.defaultValue.map { "default: \($0.text)" } ?? "required"
  }
}
