import ArgumentParser
import Runs

struct UndoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo", abstract: "Take a past run back, where hosts still are as it left them.",
    discussion: """
      Without a name it is the last run that changed something. Keys that were made are kept and named, since they may be
      in use elsewhere; what somebody has changed since is shown and left alone.
      """)

  @Argument(help: "A run, as `history` names it.", completion: .custom { _, _, _ in Completions.runs() })
  var run: String?

  @Flag(name: .long, help: "Say what would be taken back, and change nothing.")
  var plan = false

  @Flag(name: .long, help: "Also take back what somebody has changed since, and what lets nobody in any more.")
  var force = false

  @OptionGroup var options: SharedOptions

  func run() async throws {
    let past = try PastRuns.find(run, in: History())
    let (plan, force, options) = (plan, force, options)
    let status = try await RunSession(options: options, hostCount: past.hosts.count).run { access in
      let runOptions = RunOptions(
        isPlan: plan, forks: options.forks, offeredKey: options.key, isDebug: options.debug,
        askpassProgram: access.program)
      return try await Undoer(past: past, access.setup(runOptions)).run(force: force)
    }
    throw ExitCode(status.rawValue)
  }
}
