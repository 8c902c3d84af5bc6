import ArgumentParser
import Runs

struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "List past runs that made changes, or show one of them.")

  @Argument(help: "A run ID from the list.", completion: .custom { _, _, _ in Completions.runs() })
  var run: String?

  @OptionGroup var output: ListOutput

  func run() async throws {
    let history = History()
    if output.isJSON {
      let commands = try run.map { [try PastRuns.find($0, in: history)] } ?? history.commands()
      return ListOutput.write("history", "commands", commands.map(HistoryJSON.command))
    }
    if let run {
      for line in try PastRuns.find(run, in: history).detailLines { TextStream.standardOutput.line(line) }
      return
    }
    let commands = history.commands()
    guard !commands.isEmpty else {
      TextStream.standardOutput.line("No run has made changes yet. Runs will be recorded in \(history.path.visible)")
      return
    }
    for command in commands { TextStream.standardOutput.line(command.line) }
  }
}
