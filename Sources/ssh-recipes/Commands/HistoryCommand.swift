import ArgumentParser
import Runs

struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "List past runs that changed something, or what one of them changed.")

  @Argument(help: "A run, as the list names it.", completion: .custom { _, _, _ in Completions.runs() })
  var run: String?

  func run() async throws {
    let history = History()
    if let run {
      for line in try PastRuns.find(run, in: history).detailLines { TextStream.standardOutput.line(line) }
      return
    }
    let runs = history.runs()
    guard !runs.isEmpty else {
      TextStream.standardOutput.line("No run has changed anything yet; they will be kept in \(history.path.visible)")
      return
    }
    for run in runs { TextStream.standardOutput.line(run.line) }
  }
}
