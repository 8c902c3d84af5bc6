import ArgumentParser

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run a recipe on hosts, or on this computer.")

  @OptionGroup var options: RecipeOptions

  @Flag(
    name: .customLong("all-or-nothing"),
    help: "If one host fails, undo the changes on all hosts; without it, the other hosts keep theirs.")
  var allOrNothing = false

  func run() async throws {
    throw ExitCode(try await options.session(isPlan: false, isAllOrNothing: allOrNothing).rawValue)
  }
}
