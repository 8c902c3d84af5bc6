import Hosts
import Recipes

/// Undoes a past command on all its hosts.
package struct Undoer: Sendable {
  let past: PastCommand
  let setup: RunSetup

  /// - Parameter setup: the settings, without `targets`: the hosts come from the past command. An undo is a run with a
  ///   journal of its own.
  package init(past: PastCommand, _ setup: RunSetup) {
    self.past = past
    self.setup = setup
  }

  /// - Parameter force: whether to undo files changed since, too.
  /// - Throws: ``TargetError`` when a host in the journal cannot be read; ``JournalError``.
  package func run(force: Bool) async throws -> Report {
    let clock = ContinuousClock()
    let start = clock.now
    try setup.checkJournal()
    let targets = try past.targets()
    let name = "undo \(past.id)"
    // The command may have been undone in whole before, or one of its runs.
    let names = Set([name] + past.runs.flatMap { ["undo \($0.id)", "undo \($0.command)"] })
    let cutOff = History(folder: setup.journals).runs().filter {
      names.contains($0.recipe) && ![.done, .partlyDone].contains($0.outcome)
    }
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
    if !past.runs.contains(where: { $0.undone == nil }), let undo = past.runs.first?.undone {
      run.note("\(past.id) was undone already, by \(undo.id)", branch: 0)
    }
    let failure = await run.undo(past, force: force, after: cutOff)
    await computer.close()
    var report = Report(
      of: [run], failures: failure.map { [$0] } ?? [], recipe: name, hosts: past.hosts, duration: clock.now - start,
      isPlan: isPlan, isUndo: true)
    report.id = id
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
