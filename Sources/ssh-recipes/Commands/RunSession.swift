import Runtime

/// One `run` or `plan` from the command line to its exit status: who answers, what is shown, how it is ended early.
struct RunSession {
  let options: SharedOptions
  let isPlan: Bool

  /// - Returns: the exit status.
  /// - Throws: ``CommandFailure`` when no host was contacted.
  func run() async throws -> ExitStatus {
    let file = try RecipeCatalogue.find(options.recipe)
    let (sink, display) = OutputChoice.sink(options)
    let terminal = ControllingTerminal()
    let person = TerminalPerson(ways: options.ways, conversation: terminal, display: display)
    let program = RecipePlaces.executable ?? "ssh-recipes"
    let platforms = try await Self.platforms()
    let access = HostAccess(
      person: person, askpassProgram: program, platforms: platforms,
      isUnattended: !person.isPresent || options.hasPasswordSource, sink: sink)
    let runner = Runner(
      recipe: file, platforms: platforms,
      options: RunOptions(
        targets: options.targets, settings: options.set, isPlan: isPlan, forks: options.forks,
        offeredKey: options.key, isDebug: options.debug, askpassProgram: program),
      person: person, factory: access, sink: sink,
      journals: History().path)
    let task = Task { try await runner.run() }
    Signals.watch {
      display?.pause()
      TextStream.standardError.line(
        "\nEnding: the act that is under way is finished, nothing after it begins. Once more, and it ends at once.")
      display?.resume()
      task.cancel()
    } last: {
      terminal?.restore()
    }
    do { return ExitStatus(try await task.value.outcome) } catch { throw Self.failure(from: error) }
  }

  private static func platforms() async throws -> [Platform] {
    do throws(PlatformError) { return try await PlatformLibrary.load(RecipePlaces.standard().platforms) } catch {
      throw CommandFailure(error)
    }
  }

  /// What can be wrong before anything was sent.
  private static func failure(from error: any Error) -> CommandFailure {
    switch error {
    case let error as CommandFailure: error
    case is CancellationError: CommandFailure("cancelled before anything was sent", status: .cancelled)
    case let error as TargetError: CommandFailure(error.text)
    case let error as any CustomStringConvertible: CommandFailure(error.description)
    default: CommandFailure("\(error)")
    }
  }
}
