import Contract
import Diagnosis
import Hosts
import Recipes

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Runs a recipe with the options of the command line: once, or once for each host, side by side.
package struct Runner: Sendable {
  let recipe: RecipeFile
  let agreed: RecipeHeader?
  let setup: RunSetup

  private var options: RunOptions { setup.options }
  private var sink: any EventSink { setup.sink }

  /// - Parameter agreed: the declaration that the user has agreed to; `nil` if no consent was needed, and the runner
  ///   loads the recipe itself. A run whose recipe has another declaration does nothing.
  package init(recipe: RecipeFile, agreed: RecipeHeader? = nil, _ setup: RunSetup) {
    self.recipe = recipe
    self.agreed = agreed
    self.setup = setup
  }

  /// - Returns: the report; the last event carries the same.
  /// - Throws: ``RecipeError``, ``TargetError``, ``RoleError``, ``SettingError``, ``JournalError``, in each case before anything was
  ///   sent.
  package func run() async throws -> Report {
    let clock = ContinuousClock()
    let start = clock.now
    let targets = try options.targets.map { text in try Target(parsing: text) }
    let header = if let agreed { agreed } else { try await RecipeReader.header(of: recipe) }
    let assignments = try RoleAssignment.runs(of: header, with: targets)
    // A recipe that only reads needs no journal.
    if !header.needs.isSubset(of: [.logs]) { try setup.checkJournal() }
    let settings = try await settings(for: header)
    sink.receive(
      .started(
        recipe: recipe.name, summary: header.summary, hosts: targets.map(\.description), isPlan: options.isPlan))
    let computer = ThisComputer(setup)
    let runs = try makeRuns(assignments, computer)
    let atWork = RunsAtWork(runs, sink: sink)
    defer { atWork.finish() }
    let ended = await carryOut(runs, header, settings)
    var failures = ended.compactMap(\.failure)
    var undone: UndoSummary?
    if options.isAllOrNothing {
      // The command's task may be cancelled by now, but this work must still happen.
      let finished = await Task { await finish(ended, computer) }.value
      undone = finished?.summary
      failures += finished?.failures ?? []
    }
    await computer.close()
    var report = Report(
      of: runs, failures: failures, recipe: recipe.name, hosts: targets.map(\.description),
      duration: clock.now - start, isPlan: options.isPlan, undone: undone)
    report.next += notBegun(runs, ended)
    sink.receive(.finished(report))
    return report
  }

  private func settings(for header: RecipeHeader) async throws -> RecipeSettings {
    var settings = try RecipeSettings(options.settings, for: header.parameters)
    for parameter in settings.missing {
      let kind: Question.Kind = parameter.choices.isEmpty ? .text : .choice(parameter.choices)
      let question = Question("\(parameter.help)? (\(parameter.name))", kind: kind)
      guard !options.isPlan, let answer = await setup.person.answer(question) else { continue }
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
      return try Run(
        id: id, recipe: recipe, assignment: assignment, setup: setup, computer: computer, numbers: numbers,
        journal: setup.journal(id, recipe: recipe.name, hosts: assignment.targets), branch: branch)
    }
  }

  /// A run's ID: its start in UTC and three letters, to keep two runs of the same second apart.
  static func stamp() -> String {
    let format = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day().dateSeparator(.omitted)
      .time(includingFractionalSeconds: false).timeSeparator(.omitted)
    let letters = String((0..<3).compactMap { _ in "abcdefghjkmnpqrstuvwxyz".randomElement() })
    return "\(Date.now.formatted(format).replacing("T", with: "-"))-\(letters)"
  }

  /// - Returns: the runs that began, in the order of their ends.
  private func carryOut(
    _ runs: [Run], _ header: RecipeHeader, _ settings: RecipeSettings
  ) async -> [(run: Run, failure: Failure?)] {
    await withTaskGroup(of: (Run, Failure?).self) { group in
      var waiting = runs[...]
      for run in waiting.prefix(max(1, options.forks)) { group.addTask { await carryOut(run, header, settings) } }
      waiting = waiting.dropFirst(max(1, options.forks))
      var ended: [(run: Run, failure: Failure?)] = []
      for await (run, failure) in group {
        ended.append((run, failure))
        // With `--all-or-nothing`, a run that would be undone anyway does not begin.
        if failure != nil, options.isAllOrNothing { waiting = [] }
        if let run = waiting.popFirst() { group.addTask { await carryOut(run, header, settings) } }
      }
      return ended
    }
  }

  private func carryOut(
    _ run: Run, _ header: RecipeHeader, _ settings: RecipeSettings
  ) async -> (Run, Failure?) {
    let failure = await run.carryOut(header, settings: settings)
    if !options.isAllOrNothing { await run.close(as: RecordedOutcome(failure)) }
    return (run, failure)
  }

  /// With `--all-or-nothing`: closes the runs if all succeeded, undoes them otherwise.
  private func finish(
    _ ended: [(run: Run, failure: Failure?)], _ computer: ThisComputer
  ) async -> (summary: UndoSummary, failures: [Failure])? {
    if !options.isPlan, ended.contains(where: { $0.failure != nil }) { return await undo(ended, computer) }
    await withTaskGroup(of: Void.self) { group in
      for (run, failure) in ended { group.addTask { await run.close(as: RecordedOutcome(failure)) } }
    }
    return nil
  }

  private func notBegun(_ runs: [Run], _ ended: [(run: Run, failure: Failure?)]) -> [String] {
    let begun = Set(ended.map(\.run.id))
    let hosts = runs.filter { !begun.contains($0.id) }.flatMap(\.assignment.targets).map(\.description)
    return hosts.isEmpty ? [] : ["not begun any more: \(hosts.joined(separator: ", "))"]
  }
}
