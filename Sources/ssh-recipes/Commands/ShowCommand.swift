import ArgumentParser
import Recipes
import Sharing

struct ShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a recipe's purpose, hosts, settings and permissions.")

  @Argument(
    help: "A recipe's name, REPOSITORY/NAME, or the path of its file.",
    completion: .custom { _, _, _ in Completions.recipes() })
  var recipe: String

  @Flag(name: .long, help: "Show the source of the recipe and of the modules and platforms that it can load.")
  var source = false

  @OptionGroup var places: PlacesOptions
  @OptionGroup var output: ListOutput

  func run() async throws {
    let found = try await places.catalogue.find(recipe)
    if source { return TextStream.standardOutput.write(SourceText.text(found.file)) }
    do throws(RecipeError) {
      let header = try await RecipeReader.header(of: found.file)
      if output.isJSON {
        let json = RecipeJSON.header(header, file: found.file, from: found.shared?.repository)
        return TextStream.standardOutput.line(json.text)
      }
      TextStream.standardOutput.write(RecipeText.text(header, file: found.file, from: found.shared?.repository))
    } catch { throw CommandFailure(error) }
  }
}
