import Recipes
import Sharing

/// The user's consent to a third-party recipe.
struct SharedConsent {
  /// The repository that the recipe belongs to, checked against the lock file.
  let recipes: SharedRecipes
  let repositories: Repositories
  /// `--trust`.
  let isTrusted: Bool
  var store = ConsentStore.standard()

  /// Asks for consent unless it was given before. To be called before any host is contacted, for plans too: a plan reads
  /// on hosts, and may run commands that the recipe declares to be read-only.
  ///
  /// - Returns: the header that the user consented to; the run must hold the recipe to it.
  /// - Throws: ``CommandFailure`` with ``ExitStatus/notAgreed``.
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
        "warning: your consent could not be saved, so you will be asked again: \(error)".visible)
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
        "\"\(request.name)\" is a third-party recipe and there is no terminal to confirm it on", status: .notAgreed)
      failure.lines += lines.map { ("  " + $0).visible }
      failure.lines.append("  fix     read it, then run it with --trust")
      throw failure
    }
    guard agrees else {
      throw CommandFailure("you did not consent to \"\(request.name)\"; nothing was done", status: .notAgreed)
    }
  }

  private func header(of file: RecipeFile) async throws -> RecipeHeader {
    do throws(RecipeError) { return try await RecipeReader.header(of: file) } catch { throw CommandFailure(error) }
  }
}
