import ArgumentParser

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Carry a recipe out on hosts, or on this computer.")

  @OptionGroup var options: RecipeOptions

  func run() async throws { throw ExitCode(try await options.session(isPlan: false).rawValue) }
}
