import Contract
import Recipes

/// Something that a repository should not be published with; the program would take it all the same, but for the first.
package enum PublishingProblem: Error, Hashable, Sendable {
  case refused(RepositoryProblem)
  case recipe(RecipeError)
  case summaryMissing
  case summaryLong(recipe: String, length: Int)
  case unused(Permission, recipe: String)
  case testMissing(recipe: String)
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
    case .summaryMissing:
      return "repository.lua: expected repository { name = \"…\", summary = \"…\" }, so that people know what they add"
    case .summaryLong(let recipe, let length):
      return "\(recipe): the summary has \(length) characters; expected one line of at most \(Self.longestSummary)"
    case .unused(let permission, let recipe):
      return "\(recipe): it asks for \"\(permission.rawValue)\", and nothing in it or its modules uses that"
    case .testMissing(let recipe): return "\(recipe): there is no test \(Self.test(recipe))"
    case .readmeMissing: return "there is no README.md, which says what the repository is for"
    case .marksMissing:
      return
        "README.md: expected the lines \"\(RecipeTable.begin)\" and \"\(RecipeTable.end)\", for the table of recipes"
    case .tableOld: return "README.md: the table of recipes is not up to date (ssh-recipes repo check --write)"
    case .untracked(let path): return "\(path): git does not track it, so nobody will get it"
    case .stranger(let path): return "\(path): it is no Lua file; expected recipes, modules, platforms and tests only"
    case .executable(let path): return "\(path): it is executable, and nothing ever executes it"
    case .unrequired(let path): return "\(path): it is no recipe, and no recipe requires it"
    case .longLine(let path, let line, let length):
      return "\(path):\(line): the line has \(length) characters, and hides what is at its end; expected at most "
        + "\(Self.longestLine)"
    case .signature(let problem): return "\(problem) (ssh-recipes repo sign)"
    }
  }

  private static func test(_ recipe: String) -> String {
    (recipe.hasSuffix(".lua") ? String(recipe.dropLast(4)) : recipe) + "_test.lua"
  }
}
