import Sharing

/// One command that changes repositories: alone at it, with what git says shown, and errors as commands have them.
enum RepoWork {
  /// - Throws: ``CommandFailure``, which says which repository it is about.
  static func run<Result: Sendable>(
    _ places: PlacesOptions, on pinned: Repositories.Pinned, _ work: (RepositorySession) async throws -> Result
  ) async throws -> Result {
    try await run(places, pinned.repository.url, name: pinned.name, work)
  }

  /// - Parameters:
  ///   - source: what is fetched from, for whoever waits.
  ///   - name: of the repository, where it has one here already.
  /// - Throws: ``CommandFailure``.
  static func run<Result: Sendable>(
    _ places: PlacesOptions, _ source: String, name: String? = nil,
    _ work: (RepositorySession) async throws -> Result
  ) async throws -> Result {
    let progress = FetchProgress(source: source)
    defer { progress.finish() }
    do {
      let session = try await RepositorySession(
        places.repositories, version: Version.own, progress: { progress.take($0) },
        onWait: { TextStream.standardError.line("Waiting for another ssh-recipes that changes repositories") })
      return try await work(session)
    } catch {
      progress.finish()
      throw SharingFailure.from(error, of: name)
    }
  }

  /// - Throws: ``CommandFailure``.
  static func find(_ name: String, _ places: PlacesOptions) throws -> Repositories.Pinned {
    do { return try places.repositories.find(name) } catch { throw SharingFailure.from(error) }
  }

  /// - Throws: ``CommandFailure``.
  static func all(_ places: PlacesOptions) throws -> [Repositories.Pinned] {
    do { return try places.repositories.pinned() } catch { throw SharingFailure.from(error) }
  }
}
