import Hosts
import Recipes
import Runs

/// Runs a command that contacts hosts: prompts, output, Ctrl-C and the exit status.
struct RunSession {
  let hosts: HostOptions
  let output: OutputOptions
  let hostCount: Int
  let isPlan: Bool
  /// The file of `--answers`.
  let answers: AnswersFile?
  var platforms = RecipePlaces.standard().platformLayers(with: [])

  /// The terminal, connections, platforms and output for the command.
  struct Access: Sendable {
    let program: String
    let platforms: [Platform]
    let person: TerminalPerson
    let factory: any TransportFactory
    let sink: any EventSink
    /// The number of hosts to work on at once.
    let forks: Int

    func setup(_ options: RunOptions) -> RunSetup {
      RunSetup(
        platforms: platforms, options: options, person: person, factory: factory, sink: sink,
        journals: History().path)
    }
  }

  /// - Returns: the exit status.
  /// - Throws: ``CommandFailure`` when no host was contacted.
  func run(_ work: @escaping @Sendable (Access) async throws -> Report) async throws -> ExitStatus {
    let atOnce = try HostsAtOnce(wanted: hosts.forks, hosts: hostCount)
    let notes = [atOnce.note, await KeyExchangeNote.text(hosts: hostCount)].compactMap(\.self)
    for note in notes { TextStream.standardError.line(note) }
    let (output, display) = OutputChoice.sink(output)
    let recorder = self.output.report.isEmpty ? nil : ReportRecorder(output)
    let sink: any EventSink = recorder ?? output
    try ReportFile.check(self.output.report)
    let terminal = ControllingTerminal()
    // A prompt of ssh is not a child task of the run: it may still wait, with echo switched off, after the run has ended.
    defer {
      terminal?.restore()
      display?.end()
    }
    let person = TerminalPerson(
      ways: hosts.ways(answers, hostCount: hostCount), conversation: terminal, display: display)
    let program = RecipePlaces.executable ?? "ssh-recipes"
    let platforms = try await loadPlatforms()
    let factory = HostAccess(
      person: person, askpassProgram: program, dialer: Self.dialer(program), platforms: platforms,
      isUnattended: !person.isPresent || hosts.hasPasswordSource, isPlan: isPlan, sink: sink)
    let access = Access(
      program: program, platforms: platforms, person: person, factory: factory, sink: sink,
      forks: atOnce.number)
    let task = Task { try await work(access) }
    Signals.watch {
      display?.pause()
      TextStream.standardError.line(
        "\nStopping after the current step. Press Ctrl-C again to stop immediately.")
      display?.resume()
      task.cancel()
    } last: {
      terminal?.restore()
    }
    let result = await task.result
    await factory.close()
    do {
      let status = ExitStatus(try result.get().outcome)
      let isWritten = recorder?.document(History()).map { ReportFile.write($0, to: self.output.report) } ?? true
      return isWritten || status != .done ? status : .failed
    } catch { throw Self.failure(from: error, isCancelled: task.isCancelled) }
  }

  private static func dialer(_ program: String) -> Dialer? {
    (TerminalFacts.environment(Dialer.variable) ?? "").isEmpty ? Dialer(program: program) : nil
  }

  private func loadPlatforms() async throws -> [Platform] {
    do throws(PlatformError) { return try await PlatformLibrary.load(platforms) } catch {
      throw CommandFailure(error)
    }
  }

  /// Errors that occur before anything is sent to a host.
  ///
  /// - Parameter isCancelled: whether the command was cancelled, which may be the reason of the error.
  static func failure(from error: any Error, isCancelled: Bool) -> CommandFailure {
    let mayBeCancellation =
      error is CancellationError || error is RecipeError || error is SettingError || error is SettingProblems
    if isCancelled, mayBeCancellation {
      return CommandFailure(lines: ["\(Signals.cancelledBeforeStart)"], status: .cancelled)
    }
    return switch error {
    case let error as CommandFailure: error
    case let error as JournalError: CommandFailure(error, status: .failed)
    case let error as any CustomStringConvertible: CommandFailure(error.description)
    default: CommandFailure("\(error)")
    }
  }
}
