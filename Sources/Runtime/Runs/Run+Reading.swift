import Diagnosis
import Lua
import Recipes
import Values

extension Run {
  /// Provides Lua with the run's bindings and loads the recipe, without any permission yet.
  ///
  /// - Parameter header: the recipe's declaration as loaded earlier, without a run's bindings. The user has seen and
  ///   agreed to this declaration, so the recipe must declare the same again.
  /// - Throws: ``RecipeError``.
  func load(asReadBefore header: RecipeHeader) async throws(RecipeError) -> LoadedRecipe {
    await Bindings(run: self).define(in: machine)
    let loaded = try await RecipeReader.read(recipe, in: machine, with: setup.library)
    let fields = header.fields(otherIn: loaded.header)
    guard fields.isEmpty else { throw RecipeError(file: recipe.chunkName, .declaredOtherwise(fields: fields)) }
    return loaded
  }

  /// The failure for a primitive's file that loaded before, and now does not load or has another declaration.
  func failure(from error: PrimitiveError) -> Failure {
    var failure =
      if case .lua(let error) = error.problem { self.failure(from: error) } else {
        Failure(.recipe, error.description.oneLine)
      }
    failure.within = failure.position ?? error.file
    failure.position = nil
    return failure
  }

  /// The failure for a recipe that loaded before, and now does not load or has another declaration.
  func failure(from error: RecipeError) -> Failure {
    var failure: Failure
    switch error.problem {
    case .lua(let error): failure = self.failure(from: error)
    case .declaredOtherwise:
      failure = Failure(
        .recipe, error.problem.description,
        explanation: "only what it said when it was read first was shown and agreed to, so nothing was sent",
        fix: ["declare the same every time, whatever `here`, chance or an earlier reading say"])
    default: failure = Failure(.recipe, error.problem.description.oneLine)
    }
    failure.position = failure.position ?? error.position
    return failure
  }
}
