import Recipes

extension RecipeFile {
  /// What it can load; of a recipe that is read from a folder, itself alone.
  package var contents: RecipeContents {
    let own = path.split(separator: "/").last.map(String.init) ?? path
    return RecipeContents(recipe: own, in: companions ?? [own: bytes])
  }
}
