import Runtime

/// Whether the person agreed to what is about to run, where it is somebody else's.
enum SharedConsent {
  /// Called once before a run or a plan, before any host is contacted.
  ///
  /// - Parameter repository: where the recipe comes from; its contents were seen to be what the lock file pins.
  /// - Throws: ``CommandFailure`` where the person did not agree.
  static func ask(_ recipe: RecipeFile, from repository: LockedRepository, person: any Person) async throws {}
}
