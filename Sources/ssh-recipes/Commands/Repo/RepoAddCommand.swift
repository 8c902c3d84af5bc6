import ArgumentParser
import Sharing

struct RepoAddCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Fetch a repository and pin its current content. Nothing in it is executed.")

  @Argument(help: "A URL or path that git accepts: ssh://user@host/path, user@host:path, https://host/path.")
  var url: String

  @Option(
    name: .long, help: ArgumentHelp("The name to use for it here, instead of its own.", valueName: "name"))
  var name: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The tag or branch to follow, or a full commit hash; HEAD is the default branch.", valueName: "ref"))
  var ref = "HEAD"

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Require a signature by this key, now and for all updates: a public key, a .pub file or an allowed_signers file; "
        + "may be repeated.", valueName: "key|file"), completion: .file())
  var signer: [String] = []

  @Flag(name: .long, help: "Require the current signer for all updates.")
  var pin = false

  @OptionGroup var places: PlacesOptions

  func run() async throws {
    let demand = try demand()
    let (url, ref) = try Self.parse(url: url, ref: ref)
    if url.isUnauthenticated {
      TextStream.standardError.line(
        "warning: the server of \(url.text.visible) is not authenticated; what it sends is pinned as it is")
    }
    let added = try await RepoWork.run(places, url.text) {
      try await $0.add(url, name: name, ref: ref, demand: demand)
    }
    let headers = await added.recipes.headers()
    let text = RepositoryText(
      added.recipes, declaration: added.declaration, headers: headers,
      primitives: await RepositoryText.primitives(of: added.recipes))
    TextStream.standardOutput.line("Added \(added.recipes.repository.name.visible)")
    for line in text.lines { TextStream.standardOutput.line(line) }
  }

  func validate() throws {
    if pin, !signer.isEmpty {
      throw ValidationError("--signer names the required signer and --pin takes the current one; use one of them")
    }
  }

  private func demand() throws -> SignatureDemand {
    do throws(SignerFileProblem) {
      var signers: [Signer] = []
      for text in signer { signers += try SignerFile.read(text) }
      return SignatureDemand(signers: signers, pins: pin)
    } catch { throw CommandFailure(error) }
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
