import Sharing

/// Runs work that changes repositories: one process at a time, with git's progress shown and errors turned into
/// ``CommandFailure``.
enum RepoWork {
  /// - Throws: ``CommandFailure``, which names the repository.
  static func run<Result: Sendable>(
    _ places: PlacesOptions, on pinned: Repositories.Pinned, _ work: (RepositorySession) async throws -> Result
  ) async throws -> Result {
    try await run(places, pinned.repository.url, name: pinned.name, work)
  }

  /// - Parameters:
  ///   - source: the address to show with the progress.
  ///   - name: the repository's name, if it was added before; errors name it.
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
        onWait: { TextStream.standardError.line("Waiting for another ssh-recipes that is changing repositories") })
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
