import Contract
import Recipes

/// A problem to fix before a repository is published. The program refuses a repository only for the first.
package enum PublishingProblem: Error, Hashable, Sendable {
  case refused(RepositoryProblem)
  case recipe(RecipeError)
  case primitive(PrimitiveError)
  case summaryMissing
  case summaryLong(recipe: String, length: Int)
  case unused(Permission, recipe: String)
  case readmeMissing
  case marksMissing
  case tableOld
  case untracked(String)
  case stranger(String)
  case executable(String)
  case unrequired(String)
  case longLine(String, line: Int, length: Int)
  case signature(SignatureProblem)

  static let longestSummary = 100
  static let longestLine = 200
}

extension PublishingProblem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .refused(let problem): return problem.description
    case .recipe(let error): return error.description
    case .primitive(let error): return error.description
    case .summaryMissing:
      return "repository.lua: expected repository { name = \"…\", summary = \"…\" }, which users see before they add it"
    case .summaryLong(let recipe, let length):
      return "\(recipe): the summary has \(length) characters; expected one line of at most \(Self.longestSummary)"
    case .unused(let permission, let recipe):
      return
        "\(recipe): it requests the permission \"\(permission.rawValue)\", but neither the recipe nor its modules "
        + "use it"
    case .readmeMissing: return "there is no README.md to describe the repository"
    case .marksMissing:
      return
        "README.md: expected the lines \"\(RecipeTable.begin)\" and \"\(RecipeTable.end)\", for the table of recipes"
    case .tableOld: return "README.md: the table of recipes is not up to date (ssh-recipes repo check --write)"
    case .untracked(let path): return "\(path): git does not track it, so users will not get it"
    case .stranger(let path):
      return "\(path): not a Lua file; expected recipes, modules, primitives, platforms and tests only"
    case .executable(let path): return "\(path): it is executable, but files of a repository are never executed"
    case .unrequired(let path): return "\(path): it is not a recipe, and no recipe requires it"
    case .longLine(let path, let line, let length):
      return "\(path):\(line): the line has \(length) characters, so readers may miss its end; expected at most "
        + "\(Self.longestLine)"
    case .signature(let problem): return "\(problem) (ssh-recipes repo sign)"
    }
  }
}
