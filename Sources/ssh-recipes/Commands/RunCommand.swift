import ArgumentParser

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Carry a recipe out on hosts, or on this computer.")

  @OptionGroup var options: RecipeOptions

  @Flag(
    name: .customLong("all-or-nothing"),
    help: "When one host fails, take back what was changed on all of them. Without it the others stand.")
  var allOrNothing = false

  func run() async throws {
    throw ExitCode(try await options.session(isPlan: false, isAllOrNothing: allOrNothing).rawValue)
  }
}
