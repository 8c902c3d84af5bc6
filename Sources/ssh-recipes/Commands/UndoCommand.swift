import ArgumentParser
import Runs

struct UndoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo", abstract: "Undo a past run.",
    discussion: """
      Without an ID, the last command that made changes and is not undone yet is undone on all its hosts, so a second \
      `undo` takes the one before. An ID with a number at its end, as of `history ID`, is the run on one host. Items that \
      were changed again since then are shown and left alone. Keys that the run made are kept and named, since they may be in \
      use elsewhere.
      """)

  @Argument(help: "An ID from `history`.", completion: .custom { _, _, _ in Completions.runs() })
  var run: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Undo the command of a report, also from another computer than its own; may be repeated.", valueName: "report"),
    completion: .file(extensions: ["json"]))
  var from: [String] = []

  @Flag(name: .long, help: "Show what would be undone, and change nothing.")
  var plan = false

  @Flag(
    name: .long,
    help: """
      Also undo items that were changed again since then, even if that locks you out, and on a host with a new key.
      """)
  var force = false

  @OptionGroup(title: InventoryOptions.title) var inventory: InventoryOptions
  @OptionGroup(title: HostOptions.title) var hosts: HostOptions
  @OptionGroup(title: OutputOptions.title) var output: OutputOptions

  func run() async throws {
    if run != nil, !from.isEmpty { throw CommandFailure("an ID and --from both name a command; use one of them") }
    let found =
      from.isEmpty
      ? try PastRuns.find(run, in: History(), force: force)
      : try ReportJournals.command(of: from, in: History(), force: force)
    let past = try await PastRuns.limit(found, by: inventory)
    let (plan, force, hosts, output) = (plan, force, hosts, output)
    let session = RunSession(
      hosts: hosts, output: output, hostCount: past.hosts.count, isPlan: plan, answers: try hosts.answersFile())
    let status = try await session.run { access in
      let options = RunOptions(
        isPlan: plan, forks: access.forks, offeredKey: hosts.key, isDebug: output.debug,
        askpassProgram: access.program)
      return try await Undoer(past: past, access.setup(options)).run(force: force)
    }
    throw ExitCode(status.rawValue)
  }
}
