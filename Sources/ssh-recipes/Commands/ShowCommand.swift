import ArgumentParser
import Runtime

struct ShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show what a recipe is for, which hosts and settings it takes, and what it may do.")

  @Argument(help: "A recipe's name, or the path of its file.", completion: .custom { _, _, _ in Completions.recipes() })
  var recipe: String

  func run() async throws {
    let file = try RecipeCatalogue.find(recipe)
    do throws(RecipeError) {
      TextStream.standardOutput.write(RecipeText.text(try await RecipeCatalogue.header(of: file), file: file))
    } catch { throw CommandFailure(error) }
  }
}
