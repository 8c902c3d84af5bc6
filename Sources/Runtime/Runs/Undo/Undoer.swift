import Hosts
import Recipes

/// Undoes a past run on all hosts.
package struct Undoer: Sendable {
  let past: PastRun
  let setup: RunSetup

  /// - Parameter setup: the settings, without `targets`: the hosts come from the past run. An undo is a run with a
  ///   journal of its own.
  package init(past: PastRun, _ setup: RunSetup) {
    self.past = past
    self.setup = setup
  }

  /// - Parameter force: whether to undo files changed since, too.
  /// - Throws: ``TargetError`` when a host in the journal cannot be read; ``JournalError``.
  package func run(force: Bool) async throws -> Report {
    let clock = ContinuousClock()
    let start = clock.now
    try setup.checkJournal()
    let targets = try past.hosts.map { text in try Target(parsing: text) }
    let name = "undo \(past.id)"
    let cutOff = History(folder: setup.journals).runs().filter { $0.recipe == name && $0.outcome != .done }
    let id = Runner.stamp()
    let computer = ThisComputer(setup)
    let run = try Run(
      id: id, recipe: RecipeFile(name: name, path: "", bytes: [], origin: .bundled), assignment: .undo(targets),
      setup: setup, computer: computer, numbers: Numbers(), journal: setup.journal(id, recipe: name, hosts: targets),
      branch: 0)
    let isPlan = setup.options.isPlan
    setup.sink.receive(
      .started(
        recipe: name, summary: "Undo \(past.recipe)", hosts: past.hosts, isPlan: isPlan))
    let failure = await run.undo(past, force: force, after: cutOff)
    await computer.close()
    let report = Report(
      of: [run], failures: failure.map { [$0] } ?? [], recipe: name, hosts: past.hosts, duration: clock.now - start,
      isPlan: isPlan)
    setup.sink.receive(.finished(report))
    return report
  }
}

extension RoleAssignment {
  /// The roles of an undo, filled with its hosts.
  static func undo(_ targets: [Target]) -> RoleAssignment {
    RoleAssignment(entries: [Entry(role: RecipeRole("hosts", "The hosts of the run", isMany: true), targets: targets)])
  }
}
