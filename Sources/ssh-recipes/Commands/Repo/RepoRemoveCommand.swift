import ArgumentParser
import Sharing

struct RepoRemoveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Take a repository out of the lock file, and its files off this computer.")

  @Argument(
    help: "A repository, as `repo list` names it.", completion: .custom { _, _, _ in Completions.repositories() })
  var name: String

  @OptionGroup var places: PlacesOptions

  func run() async throws {
    let pinned = try RepoWork.find(name, places)
    try await RepoWork.run(places, on: pinned) { try $0.remove(pinned) }
    TextStream.standardOutput.line("Removed \(pinned.name) (\(pinned.repository.url.visible))")
  }
}
