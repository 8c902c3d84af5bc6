import ArgumentParser
import Sharing

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

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Who has to have signed it, now and in all updates: a public key, a .pub file, or an allowed_signers file; may be "
        + "given again.", valueName: "key|file"), completion: .file())
  var signer: [String] = []

  @Flag(name: .long, help: "Whoever has signed it now has to have signed all updates.")
  var pin = false

  @OptionGroup var places: PlacesOptions

  func run() async throws {
    let demand = try demand()
    let (url, ref) = try Self.parse(url: url, ref: ref)
    if url.isUnauthenticated {
      TextStream.standardError.line(
        "warning: nothing proves who answers for \(url.text.visible); what comes is pinned, whoever sent it")
    }
    let added = try await RepoWork.run(places, url.text) {
      try await $0.add(url, name: name, ref: ref, demand: demand)
    }
    let headers = await added.recipes.headers()
    let text = RepositoryText(added.recipes, declaration: added.declaration, headers: headers)
    TextStream.standardOutput.line("Added \(added.recipes.repository.name.visible)")
    for line in text.lines { TextStream.standardOutput.line(line) }
  }

  func validate() throws {
    if pin, !signer.isEmpty {
      throw ValidationError("--signer says who has to sign, and --pin that it is found out; use one")
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
