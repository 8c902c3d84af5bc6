import ArgumentParser
import Recipes
import Runs
import Sharing

/// The arguments of `run` and `plan`.
struct RecipeOptions: ParsableArguments {
  @Argument(
    help: "A recipe's name, REPOSITORY/NAME, or the path of its file.",
    completion: .custom { _, _, _ in Completions.recipes() })
  var recipe: String

  @Argument(
    help: ArgumentHelp(
      "Hosts in the order of the recipe's roles: user@host[:port], a name from ~/.ssh/config, or with an inventory a "
        + "host, group or pattern of it.", valueName: "host"),
    completion: .custom { _, _, _ in Completions.hosts() })
  var targets: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp("Give one of the recipe's settings a value; may be repeated.", valueName: "name=value"))
  var set: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Fill a role of the recipe with the hosts that match, such as from=web; may be repeated.",
      valueName: "role=pattern"))
  var role: [String] = []

  @Flag(name: .long, help: "Trust this third-party recipe without prompting.")
  var trust = false

  @OptionGroup var places: PlacesOptions
  @OptionGroup(title: InventoryOptions.title) var inventory: InventoryOptions
  @OptionGroup(title: HostOptions.title) var hosts: HostOptions
  @OptionGroup(title: WaveOptions.title) var waves: WaveOptions
  @OptionGroup(title: OutputOptions.title) var output: OutputOptions

  /// Runs the recipe, or plans it.
  ///
  /// - Returns: the exit status.
  /// - Throws: ``CommandFailure`` when no host was contacted.
  func session(isPlan: Bool, isAllOrNothing: Bool = false) async throws -> ExitStatus {
    let found = try await places.catalogue.find(recipe)
    let repositories = places.repositories
    let layers = places.recipes.platformLayers(with: found.shared?.platforms ?? [])
    let memory = FailedHosts(of: found.file.name)
    let chosen = try await chosenHosts(for: found.file, memory)
    let targets = try waves.failed ? memory.among(targets) : targets
    if waves.failed, chosen?.isEmpty ?? targets.isEmpty { return memory.nothingToDo() }
    let shard = try waves.chosenShard()
    let answers = try hosts.answersFile()
    let session = RunSession(
      hosts: hosts, output: output, hostCount: chosen?.count ?? targets.count, isPlan: isPlan,
      answers: answers, platforms: layers)
    let library = try await places.library(for: found)
    return try await session.run { access in
      let file = found.file
      var agreed: RecipeHeader?
      if let recipes = found.shared {
        let consent = SharedConsent(recipes: recipes, repositories: repositories, isTrusted: trust)
        agreed = try await consent.ask(file, access.person)
      }
      let mistakes = try await places.findings(in: found).filter(\.isCertain)
      guard mistakes.isEmpty else { throw CommandFailure(mistakes) }
      var options = RunOptions(
        targets: targets, settings: set, isPlan: isPlan, isAllOrNothing: isAllOrNothing, forks: access.forks,
        schedule: waves.schedule, shard: shard, offeredKey: hosts.key, isVerbose: output.verbose,
        isDebug: output.debug, askpassProgram: access.program)
      (options.hosts, options.answers) = (chosen ?? [], answers?.settings ?? [:])
      var setup = access.setup(options)
      setup.add(library)
      let report = try await Runner(recipe: file, agreed: agreed, setup).run()
      // Other shards may be at work with the same home.
      if !isPlan, shard == nil { memory.remember(report) }
      return report
    }
  }

  /// The hosts of an inventory, or by role; `nil` where the words of the command line are the hosts.
  private func chosenHosts(for file: RecipeFile, _ memory: FailedHosts) async throws -> [RunHost]? {
    guard inventory.isUsed || !role.isEmpty else { return nil }
    let header: RecipeHeader
    do throws(RecipeError) { header = try await RecipeReader.header(of: file) } catch { throw CommandFailure(error) }
    let failed = try waves.failed ? memory.among([]) : nil
    if failed?.isEmpty == true { return [] }
    let words = targets.isEmpty && role.isEmpty ? failed ?? [] : targets
    let hosts = try RoleChoice(choice: await HostChoice(inventory), header: header).hosts(words, role)
    return hosts.filter { failed?.contains($0.target.description) ?? true }
  }
}
