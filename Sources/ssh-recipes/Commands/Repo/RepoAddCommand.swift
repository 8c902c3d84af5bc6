import ArgumentParser
import Runtime

struct RepoAddCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Fetch a repository and pin what it holds now. Nothing of it is run.")

  @Argument(help: "ssh://user@host/path, user@host:path, https://…, or a path: whatever git takes for one.")
  var url: String

  @Option(
    name: .long, help: ArgumentHelp("What to call it here; without it, what it calls itself.", valueName: "name"))
  var name: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The tag or branch to follow, or all digits of a commit; without it, the default branch.", valueName: "ref"))
  var ref = "HEAD"

  @OptionGroup var places: PlacesOptions

  func run() async throws {
    let (url, ref) = try Self.parse(url: url, ref: ref)
    if url.isUnauthenticated {
      TextStream.standardError.line(
        "warning: nothing proves who answers for \(url.text.visible); what comes is pinned, whoever sent it")
    }
    let added = try await RepoWork.run(places, url.text) { try await $0.add(url, name: name, ref: ref) }
    let headers = await added.recipes.headers()
    let text = RepositoryText(added.recipes, declaration: added.declaration, headers: headers)
    TextStream.standardOutput.line("Added \(added.recipes.repository.name.visible)")
    for line in text.lines { TextStream.standardOutput.line(line) }
  }

  static func parse(url: String, ref: String) throws -> (RepositoryURL, RepositoryRef) {
    do {
      return (
        try RepositoryURL(
          parsing: url, from: WorkingFolder.path, home: TerminalFacts.environment("HOME")),
        try RepositoryRef(parsing: ref)
      )
    } catch { throw SharingFailure.from(error) }
  }
}
