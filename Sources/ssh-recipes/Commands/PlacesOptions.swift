import ArgumentParser
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

  /// The catalogue without further folders.
  static var standard: RecipeCatalogue { RecipeCatalogue(places: .standard(), repositories: Repositories()) }
}
