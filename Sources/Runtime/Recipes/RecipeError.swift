import Formats
import Lua

/// A recipe that cannot be read. Nothing of it has run but its top level.
package struct RecipeError: Error, Hashable, Sendable {
  package enum Problem: Hashable, Sendable {
    /// The table that was given to `recipe` is not as it should be.
    case declaration(DeclarationProblem)
    /// The top level ran to its end without calling `recipe`.
    case neverDeclared
    case declaredTwice
    /// A run reads another header than the one that was shown and agreed to: these fields differ.
    case declaredOtherwise(fields: [String])
    /// Lua refused the file, or its top level failed.
    case lua(LuaError)
    /// The recipes before it in its repository took up the time that there is for all of them.
    case unread(limit: Duration)
  }

  /// The file's name.
  package var file: String
  /// The line of the call of `recipe`, when it came that far.
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
    // What it says may come from the recipe: a line end in it would begin a line that looks like one of ours.
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
      return "the file calls recipe { … } a second time; a file holds one recipe"
    case .declaredOtherwise(let fields):
      return "the recipe declares other \(fields.joined(separator: " and ")) when it is run than when it is read"
    case .lua(let error): return error.message
    case .unread(let limit):
      return "it was not read: the recipes before it took longer than \(limit.components.seconds) s together"
    }
  }
}
