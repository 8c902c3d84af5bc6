import ArgumentParser
import Sharing

struct RepoRemoveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Remove a repository from the lock file and delete its files.")

  @Argument(
    help: "A repository name from `repo list`.", completion: .custom { _, _, _ in Completions.repositories() })
  var name: String

  @OptionGroup var places: PlacesOptions

  func run() async throws {
    let pinned = try RepoWork.find(name, places)
    try await RepoWork.run(places, on: pinned) { try $0.remove(pinned) }
    TextStream.standardOutput.line("Removed \(pinned.name) (\(pinned.repository.url.visible))")
  }
}
