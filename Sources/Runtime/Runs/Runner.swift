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

  var options: RunOptions { setup.options }
  var sink: any EventSink { setup.sink }

  /// - Parameter agreed: the declaration that the user has agreed to; `nil` if no consent was needed, and the runner
  ///   loads the recipe itself. A run whose recipe has another declaration does nothing.
  package init(recipe: RecipeFile, agreed: RecipeHeader? = nil, _ setup: RunSetup) {
    self.recipe = recipe
    self.agreed = agreed
    self.setup = setup
  }

  /// - Returns: the report; the last event carries the same.
  /// - Throws: ``RecipeError``, ``TargetError``, ``RoleError``, ``SettingError``, ``SettingProblems``, ``OneRunError``,
  ///   ``JournalError``, in each case before the first login.
  package func run() async throws -> Report {
    let clock = ContinuousClock()
    let start = clock.now
    let header = if let agreed { agreed } else { try await RecipeReader.header(of: recipe) }
    let all = try options.assignments(for: header)
    var assignments = options.shard.map { shard in all.filter { shard.contains($0.shardName) } } ?? all
    let targets = assignments.flatMap(\.targets)
    if !options.schedule.serial.isEmpty, assignments.count == 1, targets.count > 1 {
      throw OneRunError(hosts: targets.count)
    }
    // A recipe that only reads needs no journal.
    if !header.needs.isSubset(of: [.logs]) { try setup.checkJournal() }
    let settings = try await settings(for: header, &assignments)
    sink.receive(
      .started(
        recipe: recipe.name, summary: header.summary, hosts: targets.map(\.description), isPlan: options.isPlan))
    let tag = options.shard.map { ShardTag.text($0, of: recipe.name) } ?? ""
    let crew = Crew(
      header: header, settings: settings, computer: ThisComputer(setup), atWork: RunsAtWork(sink: sink),
      stamp: Self.stamp() + tag)
    defer { crew.atWork.finish() }
    let jobs = makeJobs(assignments, crew.numbers)
    let ended = await carryOut(jobs, crew)
    var failures = ended.compactMap(\.failure)
    var undone: UndoSummary?
    if options.isAllOrNothing {
      // The command's task may be cancelled by now, but this work must still happen.
      let finished = await Task { await finish(ended, crew.computer) }.value
      undone = finished?.summary
      failures += finished?.failures ?? []
    }
    await crew.computer.close()
    let rest = hosts(of: jobs, without: ended)
    if Task.isCancelled, !rest.isEmpty, failures.isEmpty {
      failures.append(Failure(.cancelled, "the command was cancelled before all hosts were begun"))
    }
    var report = Report(
      of: ended.flatMap(\.runs), failures: failures, recipe: recipe.name, hosts: targets.map(\.description),
      duration: clock.now - start, isPlan: options.isPlan, undone: undone, passed: ended.flatMap(\.passed))
    report.id = crew.stamp
    report.shard = options.shard
    report.notBegun = rest
    let failed = hosts(of: jobs, without: ended.filter { $0.failure == nil })
    if jobs.count > 1 { record(failed, of: targets.count, in: ended.flatMap(\.runs)) }
    report.unfinished = hosts(of: jobs, without: ended.filter { $0.failure == nil && !$0.isUndone(by: undone) })
    sink.receive(.finished(report))
    return report
  }

  /// A run's ID: its start in UTC and three letters, to keep two runs of the same second apart.
  static func stamp() -> String {
    let format = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day().dateSeparator(.omitted)
      .time(includingFractionalSeconds: false).timeSeparator(.omitted)
    let letters = String((0..<3).compactMap { _ in "abcdefghjkmnpqrstuvwxyz".randomElement() })
    return "\(Date.now.formatted(format).replacing("T", with: "-"))-\(letters)"
  }
}
