import Formats

extension RepositorySession {
  /// A prepared update. Preparing changes only the cache.
  package struct Update: Sendable {
    package var pinned: Repositories.Pinned
    package var new: LockedRepository
    package var difference: RepositoryDifference
    package var oddities: [Oddity]
    let contents: RepositoryContents

    /// Whether there is nothing to update: commit, ref and signer are the same.
    package var isNothing: Bool {
      var old = pinned.repository
      // A short ref comes from an older lock file; its full form is not a change.
      if (try? RepositoryRef(parsing: old.ref))?.kind == .name, old.refName == new.refName { old.ref = new.ref }
      return new == old
    }
    /// Whether a plain yes is not enough: recipes gain permissions, or the history has been rewritten.
    package var needsTrust: Bool { difference.isWider || !oddities.isEmpty }
  }

  /// A change that is rare in an honest repository, and likely in a hijacked one.
  package enum Oddity: Sendable, Hashable {
    case movedTag(String, from: String, to: String)
    case rewritten(String, from: String, to: String)
    /// The followed ref is a branch, but was a tag when pinned, or of unknown kind.
    case isBranch(String, wasTag: Bool)
    /// The pinned commit is a descendant of the new commit.
    case older(from: String, to: String)
    case signerChanged(from: Signer, to: Signer?)
  }

  /// - Parameters:
  ///   - ref: a tag, branch or commit to follow instead of the present one.
  /// - Throws: ``AlteredRepository`` if the local files are not the pinned content, ``SharingError``, and the errors of
  ///   ``Snapshot``.
  package func prepareUpdate(
    _ pinned: Repositories.Pinned, ref given: RepositoryRef? = nil
  ) async throws -> Update {
    let old = pinned.repository
    let current = try repositories.load(pinned)
    let followed = try RepositoryRef(parsing: old.ref)
    let ref = given ?? followed
    let cache = cache(try RepositoryURL(pinned: old.url))
    try await cache.fetch(ref, progress: progress)
    let resolved = try await cache.resolve(ref)
    let snapshot = try await Snapshot.take(
      resolved, of: ref, from: cache, demand: SignatureDemand(signers: old.signers, revoked: revoked.file),
      version: version)
    let new = snapshot.locked(name: old.name, url: old.url, ref: ref)
    if new.commit == old.commit, new.contentHash != old.contentHash {
      throw SharingError.otherContent(old, found: new.contentHash)
    }
    let fresh = SharedRecipes(new, snapshot.contents, path: pinned.store.path(of: new))
    return Update(
      pinned: pinned, new: new, difference: await .between(current, and: fresh),
      oddities: try await oddities(from: old, to: new, resolved, cache, ref: ref, isGiven: given != nil),
      contents: snapshot.contents)
  }

  private func oddities(
    from old: LockedRepository, to new: LockedRepository, _ resolved: RepositoryCache.Resolved,
    _ cache: RepositoryCache, ref: RepositoryRef, isGiven: Bool
  ) async throws -> [Oddity] {
    var oddities: [Oddity] = []
    // With pinned signers, the snapshot refuses any other signer.
    if let signer = old.signer, old.signers.isEmpty, signer.key.blob != new.signer?.key.blob {
      oddities.append(.signerChanged(from: signer, to: new.signer))
    }
    let followed = try RepositoryRef(parsing: old.ref)
    // `--ref v1` does not tell a tag from a branch, like an older lock file; `--ref refs/heads/v1` does.
    let isSameName = ref.name == followed.name && (!isGiven || ref.kind == .name)
    if isSameName, resolved.kind == .branch, new.ref != old.ref {
      oddities.append(.isBranch(ref.name, wasTag: followed.kind == .tag))
    }
    guard old.commit != new.commit else { return oddities }
    if isSameName || new.ref == old.ref {
      switch resolved.kind {
      case .tag: oddities.append(.movedTag(ref.name, from: old.commit, to: new.commit))
      case .branch, .head:
        if try await !cache.isAncestor(old.commit, of: new.commit) {
          oddities.append(.rewritten(ref.name, from: old.commit, to: new.commit))
        }
      case .commit: break
      }
    }
    if try await cache.isAncestor(new.commit, of: old.commit) {
      oddities.append(.older(from: old.commit, to: new.commit))
    }
    return oddities
  }

  /// Makes the update exactly as shown.
  package func take(_ update: Update) throws {
    let pinned = update.pinned
    var lock = try pinned.scope.lock()
    try keep(update.contents, as: update.new, in: pinned.scope)
    try pinned.store.setPrevious(pinned.repository, before: update.new)
    lock.set(update.new)
    try write(lock, pinned.scope)
  }

  /// Pins the repository that the last update replaced; a second call undoes the first.
  ///
  /// - Returns: the repository now pinned.
  /// - Throws: ``SharingError``, or ``AlteredRepository`` if the replaced files have changed.
  package func undoUpdate(_ pinned: Repositories.Pinned) throws -> LockedRepository {
    guard let previous = pinned.store.previous(of: pinned.repository), previous != pinned.repository else {
      throw SharingError.nothingToUndo(pinned.name)
    }
    _ = try repositories.load(Repositories.Pinned(repository: previous, scope: pinned.scope))
    var lock = try pinned.scope.lock()
    lock.set(previous)
    try pinned.store.setPrevious(pinned.repository, before: previous)
    try write(lock, pinned.scope)
    return previous
  }
}
