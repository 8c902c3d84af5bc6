import ArgumentParser
import Recipes
import Sharing

/// Where recipes are looked for, beside the usual places.
struct PlacesOptions: ParsableArguments {
  @Option(
    name: .customLong("recipes"),
    help: ArgumentHelp(
      "Also look for recipes in this folder, first of all; may be given again. SSH_RECIPES_PATH does the same.",
      valueName: "folder"), completion: .directory)
  var folders: [String] = []

  var recipes: RecipePlaces { .standard(folders: folders) }
  var repositories: Repositories { Repositories(places: .standard(folders: folders)) }
  var catalogue: RecipeCatalogue { RecipeCatalogue(places: recipes, repositories: repositories) }

  /// Without any option.
  static var standard: RecipeCatalogue { RecipeCatalogue(places: .standard(), repositories: Repositories()) }
}
