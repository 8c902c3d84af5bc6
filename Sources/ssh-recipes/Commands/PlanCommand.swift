import ArgumentParser

struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Say what a recipe would change, and change nothing.",
    discussion: "Ends with status 2 when something would change, 0 when nothing would.")

  @OptionGroup var options: RecipeOptions

  func run() async throws { throw ExitCode(try await options.session(isPlan: true).rawValue) }
}
