import ArgumentParser
import Recipes
import Runs
import Sharing

/// What `run` and `plan` are given.
struct RecipeOptions: ParsableArguments {
  @Argument(
    help: "A recipe's name, REPOSITORY/NAME, or the path of its file.",
    completion: .custom { _, _, _ in Completions.recipes() })
  var recipe: String

  @Argument(
    help: "The hosts, in the order of the recipe's roles: user@host[:port], or a name from ~/.ssh/config.",
    completion: .custom { _, _, _ in Completions.hosts() })
  var targets: [String] = []

  @Option(name: .long, help: ArgumentHelp("A setting of the recipe; may be given again.", valueName: "name=value"))
  var set: [String] = []

  @Flag(name: .long, help: "Agree to a recipe of somebody else as it is now, without being asked.")
  var trust = false

  @OptionGroup var places: PlacesOptions
  @OptionGroup var shared: SharedOptions

  /// Carries the recipe out, or plans it.
  ///
  /// - Returns: the exit status.
  /// - Throws: ``CommandFailure`` when no host was contacted.
  func session(isPlan: Bool, isAllOrNothing: Bool = false) async throws -> ExitStatus {
    let found = try await places.catalogue.find(recipe)
    let repositories = places.repositories
    let layers = places.recipes.platformLayers(with: found.shared?.platforms ?? [])
    return try await RunSession(options: shared, hostCount: targets.count, platforms: layers).run { access in
      let file = found.file
      var agreed: RecipeHeader?
      if let recipes = found.shared {
        let consent = SharedConsent(recipes: recipes, repositories: repositories, isTrusted: trust)
        agreed = try await consent.ask(file, access.person)
      }
      let options = RunOptions(
        targets: targets, settings: set, isPlan: isPlan, isAllOrNothing: isAllOrNothing, forks: shared.forks,
        offeredKey: shared.key, isDebug: shared.debug, askpassProgram: access.program)
      return try await Runner(recipe: file, agreed: agreed, access.setup(options)).run()
    }
  }
}
