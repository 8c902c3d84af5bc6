import Contract
import Values

/// A mistake in the table of a `recipe { … }` or `platform { … }`. `place` names the part with the mistake:
/// `the recipe`, `params[2]`, `platform "debian"`.
package enum DeclarationProblem: Error, Hashable, Sendable {
  case unknownField(String, place: String, nearest: String?, known: [String])
  /// `meaning` describes the field's purpose.
  case missing(String, place: String, meaning: String)
  /// `field` is empty if the place itself is wrong.
  case mismatch(field: String, place: String, expected: String, got: String)
  /// More unnamed values than the place takes.
  case tooMany(place: String, value: String)
  /// Recipes use roles and parameters as `hosts.NAME` and `params.NAME`.
  case badName(String, place: String)
  case duplicate(String, place: String)
  case unknownPermission(String, nearest: String?)
  /// Only the last role can take all remaining hosts.
  case manyNotLast(role: String)
  case defaultNotAllowed(parameter: String, got: String, choices: [String])
  case defaultOfAnotherKind(parameter: String, declared: RecipeParameter.Kind, got: RecipeParameter.Kind)
}

extension DeclarationProblem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknownField(let field, let place, let nearest, let known):
      "\(place) has no field \"\(field)\"" + Wording.guess(nearest, known: known, of: "fields")
    case .missing(let field, let place, let meaning):
      "\(place) needs \"\(field)\": \(meaning)"
    case .mismatch(let field, let place, let expected, let got):
      field.isEmpty
        ? "\(place): expected \(expected), got \(got)"
        : "\"\(field)\" of \(place): expected \(expected), got \(got)"
    case .tooMany(let place, let value):
      "\(place) has a value without a name, \(value); expected field = value"
    case .badName(let name, let place):
      "\(place): \"\(name)\" is not a valid name; expected a lower-case letter, then lower-case letters, digits and "
        + "\"_\", and no keyword of Lua"
    case .duplicate(let name, let place):
      "\(place): \"\(name)\" is already declared"
    case .unknownPermission(let name, let nearest):
      "there is no permission \"\(name)\"" + Wording.guess(nearest)
        + " (the permissions are \(Permission.allCases.map(\.rawValue).joined(separator: ", ")))"
    case .manyNotLast(let role):
      "the role \"\(role)\" takes all remaining hosts, so it must be the last role"
    case .defaultNotAllowed(let parameter, let got, let choices):
      "the default of the parameter \"\(parameter)\" is not one of its values: "
        + "expected \(Wording.choices(choices)), got \"\(got)\""
    case .defaultOfAnotherKind(let parameter, let declared, let got):
      "the default of the parameter \"\(parameter)\": expected \(declared.withArticle), got \(got.withArticle)"
    }
  }
}

extension RecipeParameter.Kind {
  /// `an integer`.
  fileprivate var withArticle: String { (self == .integer ? "an " : "a ") + rawValue }
}
