import Recipes
import Sharing

/// Whether the person agreed to what is about to run, where it is somebody else's.
struct SharedConsent {
  /// What the recipe comes with; seen to be what the lock file pins.
  let recipes: SharedRecipes
  let repositories: Repositories
  /// `--trust`.
  let isTrusted: Bool
  var store = ConsentStore.standard()

  /// Called once before a run or a plan, before any host is contacted: a plan reads on hosts as well, and may run the
  /// commands of which a recipe says that they only read.
  ///
  /// - Returns: what was agreed to: the run is held to it, and does not ask the recipe a second time.
  /// - Throws: ``CommandFailure`` of ``ExitStatus/notAgreed``.
  func ask(_ file: RecipeFile, _ person: TerminalPerson) async throws -> RecipeHeader {
    try await checkSigner()
    let header = try await header(of: file)
    let request = ConsentRequest(
      recipes, name: file.name, author: await repositories.author(of: recipes.repository),
      needs: header.needs, contents: file.contents)
    let verdict = store.verdict(on: request)
    guard verdict != .granted else { return header }
    if !isTrusted { try await agree(request, verdict, person) }
    do { try store.grant(request) } catch {
      TextStream.standardError.line(
        "warning: that you agreed cannot be kept, so you will be asked again: \(error)".visible)
    }
    return header
  }

  private func checkSigner() async throws {
    guard let signer = recipes.repository.signer else { return }
    do throws(RepositoryProblem) {
      guard try await RevokedKeys(repositories.places).contains(signer) else { return }
    } catch { throw SharingFailure.from(error) }
    throw CommandFailure(
      "the repository \"\(recipes.repository.name)\" is signed by \(signer.shown), which is revoked", status: .altered)
  }

  private func agree(
    _ request: ConsentRequest, _ verdict: ConsentStore.Verdict, _ person: TerminalPerson
  ) async throws {
    let lines = ConsentText.lines(request, verdict)
    guard let agrees = await person.agrees(to: lines, "Run it?") else {
      var failure = CommandFailure(
        "nobody is here to agree to the recipe \"\(request.name)\", which is somebody else's", status: .notAgreed)
      failure.lines += lines.map { ("  " + $0).visible }
      failure.lines.append("  fix     look at it, then say --trust")
      throw failure
    }
    guard agrees else {
      throw CommandFailure("you did not agree to \"\(request.name)\"; nothing was done", status: .notAgreed)
    }
  }

  private func header(of file: RecipeFile) async throws -> RecipeHeader {
    do throws(RecipeError) { return try await RecipeReader.header(of: file) } catch { throw CommandFailure(error) }
  }
}
