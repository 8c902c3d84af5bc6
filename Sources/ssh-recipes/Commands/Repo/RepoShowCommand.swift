import ArgumentParser
import Sharing

struct RepoShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show what a repository holds, what it is pinned to, and where its files are.")

  @Argument(
    help: "A repository, as `repo list` names it.", completion: .custom { _, _, _ in Completions.repositories() })
  var name: String

  @OptionGroup var places: PlacesOptions

  func run() async throws {
    let pinned = try RepoWork.find(name, places)
    do {
      let recipes = try places.repositories.load(pinned)
      let text = RepositoryText(
        recipes, declaration: try await RepositoryDeclaration.read(recipes.contents), headers: await recipes.headers())
      TextStream.standardOutput.line(pinned.name)
      for line in text.lines { TextStream.standardOutput.line(line) }
    } catch { throw SharingFailure.from(error, of: name) }
  }
}
