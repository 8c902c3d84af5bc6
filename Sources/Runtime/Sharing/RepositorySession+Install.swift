import Formats

extension RepositorySession {
  package enum Installed: Sendable, Hashable {
    case wasThere
    /// It was there, and what the lock file says of it was verified only now.
    case verified
    /// It is there, and what the lock file says of it could not be verified.
    case unverified(why: String)
    /// Out of what was fetched earlier, without the network.
    case fromCache
    case fetched
  }

  /// Brings here what the lock file pins, to the byte, or nothing; and sees to it that the rest of what the lock file says is
  /// true: that this commit holds it, and who signed it.
  ///
  /// - Throws: ``SharingError/otherContent(_:found:)`` when the pinned commit does not hold the pinned content,
  ///   ``SharingError/otherSigner(_:found:)``, and what ``Snapshot`` throws.
  package func install(_ pinned: Repositories.Pinned) async throws -> Installed {
    let locked = pinned.repository
    let here = try? repositories.load(pinned)
    if here != nil, repositories.isVerified(locked) { return .wasThere }
    let commit = try RepositoryRef(parsing: locked.commit)
    let cache = cache(try RepositoryURL(pinned: locked.url))
    if cache.isThere, let snapshot = try? await snapshot(of: locked, in: cache) {
      try keep(snapshot.contents, as: locked, in: pinned.scope)
      return here == nil ? .fromCache : .verified
    }
    do { try await cache.fetch(commit, progress: progress) } catch {
      guard here != nil, Self.meansOutOfReach(error) else { throw error }
      // git's own words are lines of their own.
      return .unverified(why: "\(error)".split(whereSeparator: \.isNewline).joined(separator: " "))
    }
    let snapshot = try await snapshot(of: locked, in: cache)
    try keep(snapshot.contents, as: locked, in: pinned.scope)
    return here == nil ? .fetched : .verified
  }

  /// Whether the other side gave no answer, which says nothing against what the lock file says.
  private static func meansOutOfReach(_ error: any Error) -> Bool {
    switch error {
    case GitError.cancelled: false
    case is GitError, FetchError.noFolder: true
    default: false
    }
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
    let signer = snapshot.verdict.signer
    guard signer?.key.blob == locked.signer?.key.blob else { throw SharingError.otherSigner(locked, found: signer) }
    return snapshot
  }
}
