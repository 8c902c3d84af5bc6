import ArgumentParser
import Sharing

struct RepoInstallCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install", abstract: "Fetch what the lock file pins, to the byte, or nothing.",
    discussion: """
      For another computer, another person, CI, and for a repository whose files were changed here. What is here already
      is not fetched again; without a network it works from what was fetched before.
      """)

  @Flag(name: .long, help: "Take exactly what is pinned. It is what happens in any case; the word says so in scripts.")
  var locked = false

  @OptionGroup var places: PlacesOptions

  func run() async throws {
    let all = try RepoWork.all(places)
    if all.isEmpty { TextStream.standardOutput.line("There are no repositories in the lock file.") }
    var complaints: [CommandFailure] = []
    for pinned in all {
      do {
        let how = try await RepoWork.run(places, on: pinned) { try await $0.install(pinned) }
        let words =
          switch how {
          case .wasThere: "is here already"
          case .verified: "is here already, and is what the lock file says"
          case .unverified(let why):
            "is here already; what the lock file says of it could not be verified: \(why.visible)"
          case .fromCache: "restored from what was fetched before"
          case .fetched: "fetched"
          }
        TextStream.standardOutput.line("\(pinned.name)  \(pinned.repository.shortRef.visible)  \(words)")
      } catch let failure as CommandFailure { complaints.append(failure) }
    }
    if let worst = complaints.max(by: { $0.status.rawValue < $1.status.rawValue }) {
      throw CommandFailure(lines: complaints.flatMap(\.lines), status: worst.status)
    }
  }
}
