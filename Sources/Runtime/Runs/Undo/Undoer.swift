/// Takes one past run back, on all its hosts.
public struct Undoer: Sendable {
  let past: PastRun
  let platforms: [Platform]
  let options: RunOptions
  let person: any Person
  let factory: any TransportFactory
  let sink: any EventSink
  let journals: String?

  /// - Parameters:
  ///   - options: `targets` are ignored; the run's own hosts are taken.
  ///   - journals: the folder for journals, since taking back is a run that can be taken back.
  public init(
    past: PastRun, platforms: [Platform], options: RunOptions, person: any Person, factory: any TransportFactory,
    sink: any EventSink, journals: String?
  ) {
    self.past = past
    self.platforms = platforms
    self.options = options
    self.person = person
    self.factory = factory
    self.sink = sink
    self.journals = journals
  }

  /// - Parameter force: take back also what somebody has changed since.
  /// - Throws: ``TargetError`` when the journal names a host that cannot be read.
  public func run(force: Bool) async throws -> Report {
    let clock = ContinuousClock()
    let start = clock.now
    let targets = try past.hosts.map { text in try Target(parsing: text) }
    let name = "undo \(past.id)"
    let role = RecipeRole("hosts", "The hosts of the run", isMany: true)
    let id = Runner.stamp()
    let journal =
      options.isPlan
      ? nil
      : journals.map { folder in
        Journal(runID: id, folder: .init(folder), recipe: name, hosts: past.hosts)
      }
    let computer = ThisComputer(platforms: platforms, factory: factory, sink: sink, isDebug: options.isDebug)
    let run = try Run(
      id: id, recipe: RecipeFile(name: name, path: "", bytes: [], origin: .bundled),
      assignment: RoleAssignment(entries: [RoleAssignment.Entry(role: role, targets: targets)]), platforms: platforms,
      options: options, person: person, factory: factory, computer: computer, sink: sink, numbers: Numbers(),
      journal: journal, branch: 0)
    sink.receive(
      .started(
        recipe: name, summary: "Take back \(past.recipe)", hosts: past.hosts, isPlan: options.isPlan))
    let failure = await run.takeBack(past, force: force)
    await computer.close()
    let report = Report(
      of: [run], failures: failure.map { [$0] } ?? [], recipe: name, hosts: past.hosts, duration: clock.now - start,
      isPlan: options.isPlan)
    sink.receive(.finished(report))
    return report
  }
}
