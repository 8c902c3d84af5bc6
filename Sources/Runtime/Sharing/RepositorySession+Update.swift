import Formats

extension RepositorySession {
  /// What an update would do. Nothing is changed by it but the cache.
  package struct Update: Sendable {
    package var pinned: Repositories.Pinned
    package var new: LockedRepository
    package var difference: RepositoryDifference
    package var oddities: [Oddity]
    let contents: RepositoryContents

    /// Nothing to take: neither commit nor ref nor signer differ.
    package var isNothing: Bool {
      var old = pinned.repository
      // A short ref is of a lock file of before; what it means is no news.
      if (try? RepositoryRef(parsing: old.ref))?.kind == .name, old.refName == new.refName { old.ref = new.ref }
      return new == old
    }
    /// Whether a plain yes is not enough: recipes may do more, or history is not what it was.
    package var needsTrust: Bool { difference.isWider || !oddities.isEmpty }
  }

  /// What an honest repository seldom does, and one that was taken over does.
  package enum Oddity: Sendable, Hashable {
    case movedTag(String, from: String, to: String)
    case rewritten(String, from: String, to: String)
    /// What is followed is a branch; it was a tag when it was pinned, or nobody knows any more.
    case isBranch(String, wasTag: Bool)
    /// What is pinned was made on top of the new one.
    case older(from: String, to: String)
    case signerChanged(from: Signer, to: Signer?)
  }

  /// - Parameters:
  ///   - ref: another tag, branch or commit than the one it follows.
  /// - Throws: ``AlteredRepository`` when what is here is not what is pinned, ``SharingError``, and what ``Snapshot`` throws.
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
    // With signers pinned, another one was refused before.
    if let signer = old.signer, old.signers.isEmpty, signer.key.blob != new.signer?.key.blob {
      oddities.append(.signerChanged(from: signer, to: new.signer))
    }
    let followed = try RepositoryRef(parsing: old.ref)
    // `--ref v1` says no more of what v1 is than a lock file of before; `--ref refs/heads/v1` does.
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

  /// Takes it, as it was shown.
  package func take(_ update: Update) throws {
    let pinned = update.pinned
    var lock = try pinned.scope.lock()
    try keep(update.contents, as: update.new, in: pinned.scope)
    try pinned.store.setPrevious(pinned.repository, before: update.new)
    lock.set(update.new)
    try write(lock, pinned.scope)
  }

  /// Pins what the last update replaced; a second time, what was taken back.
  ///
  /// - Returns: what is pinned now.
  /// - Throws: ``SharingError``, ``AlteredRepository`` when what was replaced is not as it was.
  package func takeBack(_ pinned: Repositories.Pinned) throws -> LockedRepository {
    guard let previous = pinned.store.previous(of: pinned.repository), previous != pinned.repository else {
      throw SharingError.nothingToTakeBack(pinned.name)
    }
    _ = try repositories.load(Repositories.Pinned(repository: previous, scope: pinned.scope))
    var lock = try pinned.scope.lock()
    lock.set(previous)
    try pinned.store.setPrevious(pinned.repository, before: previous)
    try write(lock, pinned.scope)
    return previous
  }
}
