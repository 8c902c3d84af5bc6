import Recipes

extension RecipeFile {
  /// The loadable contents of the recipe; for a recipe from a folder, only the file itself.
  package var contents: RecipeContents {
    let own = path.split(separator: "/").last.map(String.init) ?? path
    return RecipeContents(recipe: own, in: companions ?? [own: bytes])
  }
}
