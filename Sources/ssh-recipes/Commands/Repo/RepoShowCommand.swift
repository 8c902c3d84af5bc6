import ArgumentParser
import Sharing

struct RepoShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show the recipes of a repository, its pinned commit and its files.")

  @Argument(
    help: "A repository name from `repo list`.", completion: .custom { _, _, _ in Completions.repositories() })
  var name: String

  @OptionGroup var places: PlacesOptions

  func run() async throws {
    let pinned = try RepoWork.find(name, places)
    do {
      let recipes = try places.repositories.load(pinned)
      let text = RepositoryText(
        recipes, declaration: try await RepositoryDeclaration.read(recipes.contents), headers: await recipes.headers(),
        primitives: await RepositoryText.primitives(of: recipes))
      TextStream.standardOutput.line(pinned.name)
      for line in text.lines { TextStream.standardOutput.line(line) }
    } catch { throw SharingFailure.from(error, of: name) }
  }
}
