import Diagnosis
import Lua
import Recipes

extension Run {
  /// Gives Lua all that a run has, and reads the recipe there. It may do nothing yet.
  ///
  /// - Parameter header: what the recipe said of itself before, where there was nothing to tell a run by. That is what was shown
  ///   and agreed to, so it has to say the same again.
  /// - Throws: ``RecipeError``.
  func load(asReadBefore header: RecipeHeader) async throws(RecipeError) -> LoadedRecipe {
    await Bindings(run: self).define(in: machine)
    let loaded = try await RecipeReader.read(recipe, in: machine)
    let fields = header.fields(otherIn: loaded.header)
    guard fields.isEmpty else { throw RecipeError(file: recipe.chunkName, .declaredOtherwise(fields: fields)) }
    return loaded
  }

  /// A recipe that could be read before and cannot be now, or not in the same way.
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
