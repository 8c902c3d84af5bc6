extension RecipeFile {
  /// What it can load; of a recipe that is read from a folder, itself alone.
  public var contents: RecipeContents {
    let own = path.split(separator: "/").last.map(String.init) ?? path
    return RecipeContents(recipe: own, in: companions ?? [own: bytes])
  }

  /// The same recipe, which can load only what reading it told: what is agreed to is what runs.
  public var heldToItsContents: RecipeFile {
    guard companions != nil else { return self }
    var file = self
    file.companions = contents.files
    return file
  }
}
