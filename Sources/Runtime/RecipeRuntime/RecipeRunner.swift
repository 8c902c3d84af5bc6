import Contract
import Diagnosis
import Hosts
import Primitives
import Recipes
import Runs

/// Runs recipes in another program, with the same gates, journal and undo as the command `ssh-recipes`.
///
/// Runs of one runner share its budget of logins, so that servers ban no address; a program needs one runner.
public struct RecipeRunner: Sendable {
  private let person: any Person
  private let catalogue: Catalogue
  private let platforms: [String]?
  private let journals: String?
  private let ledger = ConnectionLedger()

  /// - Parameters:
  ///   - person: the source of passwords and answers.
  ///   - catalogue: the primitives available to recipes.
  ///   - platforms: folders of platforms; a later folder replaces platforms of the same name. `nil` for the places of the
  ///     command: the bundled platforms (in `SSH_RECIPES_DATA`, or in `share/ssh-recipes` beside the program's `bin`),
  ///     then the user's own.
  ///   - journals: the folder for journals; `nil` to write none, so that no run can be undone.
  public init(
    person: any Person = UnattendedPerson(), catalogue: Catalogue = .builtIn, platforms: [String]? = nil,
    journals: String? = RecipeRunner.commonJournals
  ) {
    self.person = person
    self.catalogue = catalogue
    self.platforms = platforms
    self.journals = journals
  }

  /// The folder of the journals of the command, for `ssh-recipes history` and `ssh-recipes undo`.
  public static var commonJournals: String { History().path }

  /// Runs a recipe from its text. Such a recipe has no modules.
  ///
  /// If the task is cancelled, the run stops after the current step, and changes without a proof are rolled back.
  ///
  /// - Parameters:
  ///   - source: the recipe in Lua.
  ///   - name: the recipe's name, for messages and the journal.
  ///   - targets: hosts in the order of the recipe's roles: `user@host[:port]`, or names from `~/.ssh/config`.
  ///   - settings: values for the recipe's settings.
  ///   - isPlan: whether to read only, and report the changes that a run would make.
  ///   - events: receives the run's progress, from any task; must not block for long.
  /// - Returns: the report, with failures on hosts.
  /// - Throws: ``Failure`` if the run did not begin; hosts received nothing then.
  public func run(
    _ source: String, named name: String, on targets: [String] = [], settings: [String: String] = [:],
    isPlan: Bool = false, events: @escaping @Sendable (Event) -> Void = { _ in }
  ) async throws(Failure) -> Report {
    let file = RecipeFile(
      name: name, path: "\(name).lua", bytes: Array(source.utf8), origin: .path, companions: [:])
    return try await run(targets, settings, isPlan: isPlan, events) { file }
  }

  /// Runs a recipe from its file, with the modules beside it; otherwise as ``run(_:named:on:settings:isPlan:events:)``.
  ///
  /// - Parameter recipe: a path, or the name of a recipe in the places of the command.
  public func run(
    recipe: String, on targets: [String] = [], settings: [String: String] = [:], isPlan: Bool = false,
    events: @escaping @Sendable (Event) -> Void = { _ in }
  ) async throws(Failure) -> Report {
    try await run(targets, settings, isPlan: isPlan, events) { try RecipeFinder().find(recipe) }
  }

  private func run(
    _ targets: [String], _ settings: [String: String], isPlan: Bool, _ events: @escaping @Sendable (Event) -> Void,
    _ recipe: () throws -> RecipeFile
  ) async throws(Failure) -> Report {
    do {
      let recipe = try recipe()
      let program = RecipePlaces.executable ?? ""
      let platforms = try await PlatformLibrary.load(platformFolders())
      let sink = Events(receive: events)
      let access = HostAccess(
        person: person, askpassProgram: program, platforms: platforms, isUnattended: false, isPlan: isPlan,
        sink: sink, ledger: ledger)
      let options = RunOptions(
        targets: targets, settings: settings.map { "\($0)=\($1)" }.sorted(), isPlan: isPlan, askpassProgram: program)
      var setup = RunSetup(
        platforms: platforms, options: options, person: person, factory: access, sink: sink, journals: journals)
      setup.catalogue = catalogue
      let result: Result<Report, any Error>
      do { result = .success(try await Runner(recipe: recipe, setup).run()) } catch { result = .failure(error) }
      await access.close()
      return try result.get()
    } catch {
      throw Failure(beforeRun: error)
    }
  }

  /// - Throws: ``Failure`` if the bundled platforms are missing. Without them, a host under a vendor's tools would be
  ///   taken for an ordinary Unix.
  private func platformFolders() throws(Failure) -> [String] {
    if let platforms { return platforms }
    let places = RecipePlaces.standard()
    guard places.recipes.contains(where: { $0.origin == .bundled }) else {
      throw Failure(
        .absent, "the platforms of ssh-recipes are not found",
        fix: [
          "set SSH_RECIPES_DATA to the folder with ssh-recipes' folder \"recipes\", such as /usr/local/share/ssh-recipes",
          "give RecipeRunner the folder \"recipes/platforms\"",
        ])
    }
    return places.platforms
  }

  private struct Events: EventSink {
    let receive: @Sendable (Event) -> Void
    func receive(_ event: Event) { receive(event) }
  }
}

extension Failure {
  /// The failure for an error before anything was sent to a host.
  fileprivate init(beforeRun error: any Error) {
    switch error {
    case let error as Failure: self = error
    case is CancellationError: self.init(.cancelled, "cancelled before anything was sent")
    case is RecipeNotFound: self.init(.absent, "\(error)")
    case is RecipeError: self.init(.recipe, "\(error)")
    case is TargetError, is RoleError, is SettingError: self.init(.argument, "\(error)")
    default: self.init(.failed, "\(error)")
    }
  }
}
