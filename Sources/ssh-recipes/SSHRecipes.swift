import ArgumentParser
import Hosts

@main
struct SSHRecipes: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ssh-recipes",
    abstract: "Carry out guides over SSH: recipes in Lua, run safely on one host or on a thousand.",
    discussion: """
      ssh-recipes run raspi_passwordless pi@raspberrypi.local
      ssh-recipes plan synology_pair alice@nas1 alice@nas2

      `ssh-recipes list` shows all recipes, and `ssh-recipes show RECIPE` explains one.
      """,
    subcommands: [
      RunCommand.self, PlanCommand.self, HostsCommand.self, ListCommand.self, ShowCommand.self, SearchCommand.self,
      RepoCommand.self, PrimitivesCommand.self, HistoryCommand.self, UndoCommand.self, ReportCommand.self,
      NewCommand.self,
      LintCommand.self, CompletionsCommand.self, SelfCommand.self, ReferenceCommand.self,
    ])

  @Flag(name: .long, help: "Show the versions of ssh-recipes, Lua and OpenSSH.")
  var version = false

  func run() async throws {
    guard version else { throw CleanExit.helpRequest(self) }
    TextStream.standardOutput.write(await Version.text())
  }

  static func main() async {
    DialerProcess.runIfAsked(CommandLine.arguments)
    Signals.forgetInherited()
    if let command = CommandLine.arguments.dropFirst().first, ["run", "plan", "undo"].contains(command) {
      Signals.endBeforeStart()
    }
    Effective.completeHome()
    do throws(SpareThreads) { try SpareThreads.check() } catch {
      TextStream.standardError.line("error: \(error)")
      ProcessExit.now(ExitStatus.failed.rawValue)
    }
    MachineLimits.raiseDescriptors()
    if let status = await Askpass.runIfAsked() { ProcessExit.now(status) }
    ProcessExit.now(await CommandLineRunner.run(Array(CommandLine.arguments.dropFirst())))
  }
}
