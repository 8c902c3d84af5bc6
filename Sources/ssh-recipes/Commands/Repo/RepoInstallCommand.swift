import ArgumentParser
import Sharing

struct RepoInstallCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install", abstract: "Install exactly what the lock file pins.",
    discussion: """
      For a new computer, another user, CI, or a repository whose files were changed on this computer. Content that is \
      already here is not fetched again, and without a network the cache of earlier fetches is used.
      """)

  @Flag(name: .long, help: "Install exactly what is pinned. This is always so; the flag makes it explicit in scripts.")
  var locked = false

  @OptionGroup var places: PlacesOptions

  func run() async throws {
    let all = try RepoWork.all(places)
    if all.isEmpty { TextStream.standardOutput.line("No repositories in the lock file.") }
    var complaints: [CommandFailure] = []
    for pinned in all {
      do {
        let result = try await RepoWork.run(places, on: pinned) { try await $0.install(pinned) }
        let text =
          switch result {
          case .wasThere: "already here"
          case .verified: "already here, now verified"
          case .unverified(let why):
            "already here; commit and signer could not be verified: \(why.visible)"
          case .fromCache: "restored from the cache"
          case .fetched: "fetched"
          }
        TextStream.standardOutput.line("\(pinned.name)  \(pinned.repository.shortRef.visible)  \(text)")
      } catch let failure as CommandFailure { complaints.append(failure) }
    }
    if let worst = complaints.max(by: { $0.status.rawValue < $1.status.rawValue }) {
      throw CommandFailure(lines: complaints.flatMap(\.lines), status: worst.status)
    }
  }
}
