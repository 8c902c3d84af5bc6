extension Repositories {
  /// The author as stated in the pinned commit; `nil` if the fetched repository is gone from the cache.
  package func author(of repository: LockedRepository, git: Git = Git()) async -> String? {
    guard let url = try? RepositoryURL(pinned: repository.url), let folder = places.cache
    else { return nil }
    let cache = RepositoryCache(git: git, url: url, in: folder)
    guard cache.isThere, let bytes = try? await cache.object(repository.commit, .commit) else { return nil }
    // `NAME <ADDRESS> SECONDS ZONE`.
    let words = SignedObject(.commit, bytes).fields["author"]?.split(separator: " ").dropLast(2) ?? []
    return words.isEmpty ? nil : String(words.joined(separator: " ").prefix(200))
  }
}
