import Recipes
import SystemPackage

/// Changes repositories, one command at a time. A kill at any moment leaves the state before or after the change.
///
/// The order is always the same: fetch into the cache, inspect, write the files to a place not yet in use, then replace
/// the lock file in one step. Only the last step takes effect.
package struct RepositorySession: Sendable {
  package let repositories: Repositories
  let git: Git
  let version: String
  let progress: Git.Progress?
  private let cacheFolder: String
  private let mutex: RepositoryMutex

  /// Waits for other commands that change repositories.
  ///
  /// - Parameters:
  ///   - version: the version of this program, for `needs_version`.
  ///   - onWait: called once if another command holds the mutex.
  ///   - progress: receives git's lines during a fetch.
  /// - Throws: ``SharingError/noPlace``, `Errno`, `CancellationError`.
  package init(
    _ repositories: Repositories, version: String, git: Git = Git(), progress: Git.Progress? = nil,
    onWait: @Sendable () -> Void = {}
  ) async throws {
    self.repositories = repositories
    self.git = git
    self.version = version
    self.progress = progress
    guard let cache = repositories.places.cache else { throw SharingError.noPlace }
    cacheFolder = cache
    mutex = try await RepositoryMutex(in: cacheFolder, onWait: onWait)
    sweep()
  }

  /// Removes the leftovers of killed commands.
  private func sweep() {
    for name in LocalFiles.names(in: cacheFolder) where name.contains(DurableFile.mark) {
      RepositoryCache.removeFolder("\(cacheFolder)/\(name)")
    }
    repositories.verifications?.sweep()
    for scope in repositories.places.scopes {
      DurableFile.removeLeftovers(of: LockFile.name, in: LocalFiles.parent(of: scope.lockFile))
      // Without a readable lock file, the wanted contents are unknown: the lock file may be elsewhere today.
      if LocalFiles.exists(scope.lockFile), let lock = try? scope.lock() { sweep(scope, keeping: lock) }
    }
  }

  /// The user's own lock file is outside its store, so that another lock file may lead to the same store, as with
  /// `XDG_CONFIG_HOME`.
  private func sweep(_ scope: RepositoryScope, keeping lock: LockFile) {
    RepositoryStore(folder: scope.store).sweep(keeping: lock, isAlone: scope.folder != nil)
  }

  var revoked: RevokedKeys { RevokedKeys(repositories.places) }

  func cache(_ url: RepositoryURL) -> RepositoryCache {
    RepositoryCache(git: git, url: url, in: cacheFolder)
  }

  /// Replaces the lock file, which takes effect at once.
  func write(_ lock: LockFile, _ scope: RepositoryScope) throws {
    try DurableFile.makeFolder(LocalFiles.parent(of: scope.lockFile))
    try DurableFile.write(Array(lock.text.utf8), to: scope.lockFile, mode: [.ownerReadWrite, .groupRead, .otherRead])
    sweep(scope, keeping: lock)
  }

  /// Keeps the fetched and verified contents.
  func keep(_ contents: RepositoryContents, as repository: LockedRepository, in scope: RepositoryScope) throws {
    // Verification before files: a signature without a verification would count as altered.
    try repositories.verifications?.note(repository, contents)
    try RepositoryStore(folder: scope.store).put(contents, as: repository)
  }

  /// - Parameters:
  ///   - name: the local name; `nil` for the repository's suggested name, or else the last part of its URL.
  ///   - demand: the required signers, now and for updates.
  /// - Returns: the repository as added, to be shown.
  /// - Throws: ``SharingError`` and the errors of ``Snapshot``, with nothing added.
  package func add(
    _ url: RepositoryURL, name: String?, ref: RepositoryRef, demand: SignatureDemand = SignatureDemand()
  ) async throws -> Added {
    var demand = demand
    demand.revoked = revoked.file
    guard let scope = repositories.places.target else { throw SharingError.noPlace }
    var lock = try scope.lock()
    if let name {
      guard RepositoryName.isValid(name) else { throw SharingError.badName(name) }
      if let other = lock[name: name] { throw SharingError.nameTaken(name, url: other.url) }
    }
    if let other = lock.repositories.first(where: { $0.url == url.text }), name == nil {
      throw SharingError.alreadyAdded(name: other.name, url: url.text)
    }
    let cache = cache(url)
    try await cache.fetch(ref, progress: progress)
    let snapshot = try await Snapshot.take(
      try await cache.resolve(ref), of: ref, from: cache, demand: demand, version: version)
    guard let final = name ?? snapshot.declaration.name ?? url.suggestedName else {
      throw SharingError.noName(url: url.text)
    }
    if let other = lock[name: final] { throw SharingError.nameTaken(final, url: other.url) }
    let locked = snapshot.locked(name: final, url: url.text, ref: ref)
    try keep(snapshot.contents, as: locked, in: scope)
    lock.set(locked)
    try write(lock, scope)
    let pinned = Repositories.Pinned(repository: locked, scope: scope)
    return Added(
      recipes: SharedRecipes(
        locked, snapshot.contents, path: pinned.path, standing: repositories.standing(of: pinned)),
      declaration: snapshot.declaration, isVouchedFor: snapshot.verdict.isDemanded)
  }

  package struct Added: Sendable {
    package var recipes: SharedRecipes
    package var declaration: RepositoryDeclaration
    /// Whether the user named or pinned the signer.
    package var isVouchedFor: Bool
  }

  /// Removes the repository from the lock file, then its files.
  package func remove(_ pinned: Repositories.Pinned) throws {
    var lock = try pinned.scope.lock()
    lock.remove(pinned.name)
    try write(lock, pinned.scope)
    pinned.store.remove(pinned.name)
    let others = try repositories.pinned().contains { $0.repository.url == pinned.repository.url }
    if !others, let url = try? RepositoryURL(pinned: pinned.repository.url) {
      cache(url).remove()
    }
  }
}
