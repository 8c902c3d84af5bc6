import ArgumentParser

struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Show what a recipe would change, and change nothing.",
    discussion: "The exit status is 2 if something would change, 0 if nothing would.")

  @OptionGroup var options: RecipeOptions

  func run() async throws { throw ExitCode(try await options.session(isPlan: true).rawValue) }
}
