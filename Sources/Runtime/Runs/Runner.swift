#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Runs a recipe as the command line says: once, or once for each host, side by side.
public struct Runner: Sendable {
  let recipe: RecipeFile
  let platforms: [Platform]
  let options: RunOptions
  let person: any Person
  let factory: any TransportFactory
  let sink: any EventSink
  let journals: String?

  /// - Parameter journals: the folder for journals; `nil`: none is written.
  public init(
    recipe: RecipeFile, platforms: [Platform], options: RunOptions, person: any Person,
    factory: any TransportFactory, sink: any EventSink, journals: String?
  ) {
    self.recipe = recipe
    self.platforms = platforms
    self.options = options
    self.person = person
    self.factory = factory
    self.sink = sink
    self.journals = journals
  }

  /// - Returns: what came of it; the same that the last event carries.
  /// - Throws: ``RecipeError``, ``TargetError``, ``RoleError``, ``SettingError``: nothing has been sent then.
  public func run() async throws -> Report {
    let clock = ContinuousClock()
    let start = clock.now
    let targets = try options.targets.map { text in try Target(parsing: text) }
    let header = try await RecipeReader.header(of: recipe)
    let assignments = try RoleAssignment.runs(of: header, with: targets)
    let settings = try await settings(for: header)
    sink.receive(
      .started(
        recipe: recipe.name, summary: header.summary, hosts: targets.map(\.description), isPlan: options.isPlan))
    let computer = ThisComputer(platforms: platforms, factory: factory, sink: sink, isDebug: options.isDebug)
    let runs = try makeRuns(assignments, computer)
    let atWork = RunsAtWork(runs, sink: sink)
    defer { atWork.finish() }
    let failures = await carryOut(runs, settings)
    await computer.close()
    let report = Report(
      of: runs, failures: failures, recipe: recipe.name, hosts: targets.map(\.description),
      duration: clock.now - start, isPlan: options.isPlan)
    sink.receive(.finished(report))
    return report
  }

  private func settings(for header: RecipeHeader) async throws -> RecipeSettings {
    var settings = try RecipeSettings(options.settings, for: header.parameters)
    for parameter in settings.missing {
      let kind: Question.Kind = parameter.choices.isEmpty ? .text : .choice(parameter.choices)
      let question = Question("\(parameter.help)? (\(parameter.name))", kind: kind)
      guard !options.isPlan, let answer = await person.answer(question) else { continue }
      try settings.answer(parameter, answer)
    }
    guard settings.missing.isEmpty else { throw SettingError.missing(settings.missing) }
    return settings
  }

  private func makeRuns(_ assignments: [RoleAssignment], _ computer: ThisComputer) throws -> [Run] {
    let numbers = Numbers()
    let stamp = Self.stamp()
    return try assignments.enumerated().map { index, assignment in
      let id = assignments.count == 1 ? stamp : "\(stamp)-\(index + 1)"
      var branch = 0
      if assignments.count > 1 {
        branch = numbers.branch()
        sink.receive(.branch(branch, of: 0, label: assignment.targets.first?.description))
      }
      let journal =
        options.isPlan
        ? nil
        : journals.map {
          Journal(
            runID: id, folder: .init($0), recipe: recipe.name, hosts: assignment.targets.map(\.description))
        }
      return try Run(
        id: id, recipe: recipe, assignment: assignment, platforms: platforms, options: options, person: person,
        factory: factory, computer: computer, sink: sink, numbers: numbers, journal: journal, branch: branch)
    }
  }

  /// A run's name: when it began, in UTC, and three letters, so that two of the same second do not meet.
  static func stamp() -> String {
    let format = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day().dateSeparator(.omitted)
      .time(includingFractionalSeconds: false).timeSeparator(.omitted)
    let letters = String((0..<3).compactMap { _ in "abcdefghjkmnpqrstuvwxyz".randomElement() })
    return "\(Date.now.formatted(format).replacing("T", with: "-"))-\(letters)"
  }

  private func carryOut(_ runs: [Run], _ settings: RecipeSettings) async -> [Failure] {
    await withTaskGroup(of: Failure?.self) { group in
      var waiting = runs[...]
      for run in waiting.prefix(max(1, options.forks)) { group.addTask { await run.carryOut(settings: settings) } }
      waiting = waiting.dropFirst(max(1, options.forks))
      var failures: [Failure] = []
      for await failure in group {
        if let failure { failures.append(failure) }
        if let run = waiting.popFirst() { group.addTask { await run.carryOut(settings: settings) } }
      }
      return failures
    }
  }
}
