import Formats

extension RepositorySession {
  package enum Installed: Sendable, Hashable {
    case wasThere
    /// The files were present, and the lock file's other entries have now been verified.
    case verified
    /// The files are present, but the lock file's other entries could not be verified.
    case unverified(why: String)
    /// From an earlier fetch, without the network.
    case fromCache
    case fetched
  }

  /// Installs exactly the content that the lock file pins, or nothing, and verifies the other entries of the lock file:
  /// that the commit has this content, and who signed it.
  ///
  /// - Throws: ``SharingError/otherContent(_:found:)`` if the pinned commit does not have the pinned content,
  ///   ``SharingError/otherSigner(_:found:)``, and the errors of ``Snapshot``.
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
      // git's messages have several lines.
      return .unverified(why: "\(error)".split(whereSeparator: \.isNewline).joined(separator: " "))
    }
    let snapshot = try await snapshot(of: locked, in: cache)
    try keep(snapshot.contents, as: locked, in: pinned.scope)
    return here == nil ? .fetched : .verified
  }

  /// Whether the server gave no answer, which does not contradict the lock file.
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
    // The signature may be on the tag only.
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
