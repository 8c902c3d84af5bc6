import ArgumentParser
import Contract
import Primitives
import Recipes
import Sharing

/// Further folders to look for recipes in.
struct PlacesOptions: ParsableArguments {
  @Option(
    name: .customLong("recipes"),
    help: ArgumentHelp(
      "Look for recipes in this folder first; may be repeated. SSH_RECIPES_PATH does the same.",
      valueName: "folder"), completion: .directory)
  var folders: [String] = []

  var recipes: RecipePlaces { .standard(folders: folders) }
  var repositories: Repositories { Repositories(places: .standard(folders: folders)) }
  var catalogue: RecipeCatalogue { RecipeCatalogue(places: recipes, repositories: repositories) }

  /// The primitives written in Lua for a recipe.
  ///
  /// - Parameter found: the recipe; `nil` for the primitives of all recipes.
  /// - Throws: ``CommandFailure``.
  func library(for found: RecipeLookup.Found? = nil) async throws -> PrimitiveLibrary {
    try await load(recipes.primitiveLayers(for: found?.file, with: found?.shared?.primitives ?? [:]))
  }

  /// The primitives written in Lua for a recipe of the user at this place.
  ///
  /// - Throws: ``CommandFailure``.
  func library(beside file: RecipeFile) async throws -> PrimitiveLibrary {
    try await load(recipes.primitiveLayers(for: file))
  }

  private func load(_ layers: [PrimitiveLayer]) async throws -> PrimitiveLibrary {
    do throws(PrimitiveError) { return try await PrimitiveLibrary.load(layers, besides: .builtIn) } catch {
      throw CommandFailure(error)
    }
  }

  /// The mistakes that a recipe's source shows in calls of primitives.
  ///
  /// - Throws: ``CommandFailure``, also for a recipe that cannot be read.
  func findings(in found: RecipeLookup.Found) async throws -> [RecipeLint.Finding] {
    let lint = RecipeLint(.builtIn, with: try await library(for: found))
    do throws(RecipeError) {
      return await lint.findings(in: found.file, with: try await RecipeReader.header(of: found.file))
    } catch { throw CommandFailure(error) }
  }

  /// The catalogue without further folders.
  static var standard: RecipeCatalogue { RecipeCatalogue(places: .standard(), repositories: Repositories()) }
}
