import Hosts
import Recipes
import Runs

/// One command that talks to hosts, to its exit status: who answers, what is shown, how it is ended early.
struct RunSession {
  let options: SharedOptions
  let hostCount: Int
  var platforms = RecipePlaces.standard().platformLayers(with: [])

  /// What such a command works with.
  struct Access: Sendable {
    let program: String
    let platforms: [Platform]
    let person: TerminalPerson
    let factory: any TransportFactory
    let sink: any EventSink

    func setup(_ options: RunOptions) -> RunSetup {
      RunSetup(
        platforms: platforms, options: options, person: person, factory: factory, sink: sink,
        journals: History().path)
    }
  }

  /// - Returns: the exit status.
  /// - Throws: ``CommandFailure`` when no host was contacted.
  func run(_ work: @escaping @Sendable (Access) async throws -> Report) async throws -> ExitStatus {
    let (sink, display) = OutputChoice.sink(options)
    let terminal = ControllingTerminal()
    // A question that ssh asked is nobody's child and may still wait, with echo switched off, when the run has ended.
    defer { terminal?.restore() }
    let person = TerminalPerson(ways: options.ways(hostCount: hostCount), conversation: terminal, display: display)
    let program = RecipePlaces.executable ?? "ssh-recipes"
    let platforms = try await loadPlatforms()
    let factory = HostAccess(
      person: person, askpassProgram: program, platforms: platforms,
      isUnattended: !person.isPresent || options.hasPasswordSource, sink: sink)
    let access = Access(program: program, platforms: platforms, person: person, factory: factory, sink: sink)
    let task = Task { try await work(access) }
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

  private func loadPlatforms() async throws -> [Platform] {
    do throws(PlatformError) { return try await PlatformLibrary.load(platforms) } catch {
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
