import Formats
import Lua

/// An unreadable recipe. Only its top level has run.
package struct RecipeError: Error, Hashable, Sendable {
  package enum Problem: Hashable, Sendable {
    /// A mistake in the table passed to `recipe`.
    case declaration(DeclarationProblem)
    /// The top level ended without calling `recipe`.
    case neverDeclared
    case declaredTwice
    /// A run reads a different header than the header that the user saw and accepted: these fields differ.
    case declaredOtherwise(fields: [String])
    /// Lua refused the file, or its top level failed.
    case lua(LuaError)
    /// The preceding recipes of the repository used up the time limit for reading all of them.
    case unread(limit: Duration)
  }

  /// The file's name.
  package var file: String
  /// The line of the call of `recipe`, if the call was reached.
  package var line: Int?
  package var problem: Problem

  package init(file: String, line: Int? = nil, _ problem: Problem) {
    self.file = file
    self.line = line
    self.problem = problem
  }

  /// `raspi_passwordless.lua:3`.
  package var position: String { line.map { "\(file):\($0)" } ?? file }
}

extension RecipeError: CustomStringConvertible {
  package var description: String {
    switch problem {
    // The message may come from the recipe: a line end inside could begin a line that poses as output of this program.
    case .lua(let error): (error.position == nil ? "\(position): \(error)" : error.description).onOneLine
    default: "\(position): \(problem)"
    }
  }
}

extension RecipeError.Problem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .declaration(let problem): return problem.description
    case .neverDeclared:
      return "the file never calls recipe { … }, so it is not a recipe"
    case .declaredTwice:
      return "the file calls recipe { … } a second time; a file contains one recipe"
    case .declaredOtherwise(let fields):
      return "the recipe declares different \(fields.joined(separator: " and ")) when run than when read"
    case .lua(let error): return error.message
    case .unread(let limit):
      return "not read: the preceding recipes together took longer than \(limit.components.seconds) s"
    }
  }
}
