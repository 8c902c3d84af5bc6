import ArgumentParser
import Runtime

@main
struct SSHRecipes: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "ssh-recipes")
}
