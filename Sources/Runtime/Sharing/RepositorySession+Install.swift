extension RepositorySession {
  public enum Installed: Sendable, Hashable {
    case wasThere
    /// Out of what was fetched earlier, without the network.
    case fromCache
    case fetched
  }

  /// Brings here what the lock file pins, to the byte, or nothing.
  ///
  /// - Throws: ``SharingError/otherContent(_:found:)`` when the pinned commit does not hold the pinned content, and what
  ///   ``Snapshot`` throws.
  public func install(_ pinned: Repositories.Pinned) async throws -> Installed {
    let locked = pinned.repository
    if (try? repositories.load(pinned)) != nil { return .wasThere }
    let commit = try RepositoryRef(parsing: locked.commit)
    let cache = cache(try RepositoryURL(pinned: locked.url))
    if cache.isThere, let snapshot = try? await snapshot(of: locked, in: cache) {
      try pinned.store.put(snapshot.contents, as: locked)
      return .fromCache
    }
    try await cache.fetch(commit, progress: progress)
    let snapshot = try await snapshot(of: locked, in: cache)
    try pinned.store.put(snapshot.contents, as: locked)
    return .fetched
  }

  private func snapshot(of locked: LockedRepository, in cache: RepositoryCache) async throws -> Snapshot {
    let ref = try RepositoryRef(parsing: locked.ref)
    var resolved = RepositoryCache.Resolved(commit: locked.commit, kind: .commit)
    // A signature may be on the tag, and only there.
    if let found = try? await cache.resolve(ref), found.commit == locked.commit { resolved = found }
    let snapshot = try await Snapshot.take(
      resolved, of: ref, from: cache, demand: SignatureDemand(signers: locked.signers, revoked: revoked.file),
      version: version)
    let found = snapshot.contents.contentHash
    guard found == locked.contentHash else { throw SharingError.otherContent(locked, found: found) }
    return snapshot
  }
}
