import Recipes
import SystemPackage

/// Changes repositories, one command at a time; whatever moment it is killed at, everything is as before or as after.
///
/// The order is always the same: fetch into the cache, inspect, put the files where nobody looks yet, then replace the lock
/// file in one step. Only that step counts.
package struct RepositorySession: Sendable {
  package let repositories: Repositories
  let git: Git
  let version: String
  let progress: Git.Progress?
  private let cacheFolder: String
  private let mutex: RepositoryMutex

  /// Waits for another command that is at it.
  ///
  /// - Parameters:
  ///   - version: this program's, for `needs_version`.
  ///   - onWait: called once where it has to wait.
  ///   - progress: gets git's lines during a fetch.
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

  /// Removes what a command that was killed has left half done.
  private func sweep() {
    for name in DurableFile.names(in: cacheFolder) where name.contains(DurableFile.mark) {
      RepositoryCache.removeFolder("\(cacheFolder)/\(name)")
    }
    repositories.verifications?.sweep()
    for scope in repositories.places.scopes {
      DurableFile.removeLeftovers(of: LockFile.name, in: LocalFiles.parent(of: scope.lockFile))
      // Without a lock file nothing says what is wanted: it may lie elsewhere today. The same with one that cannot be read.
      if LocalFiles.exists(scope.lockFile), let lock = try? scope.lock() { sweep(scope, keeping: lock) }
    }
  }

  /// The person's own lock file lies apart from the store, so that another one may lead to it as well, as with
  /// `XDG_CONFIG_HOME`.
  private func sweep(_ scope: RepositoryScope, keeping lock: LockFile) {
    RepositoryStore(folder: scope.store).sweep(keeping: lock, isAlone: scope.folder != nil)
  }

  var revoked: RevokedKeys { RevokedKeys(repositories.places) }

  func cache(_ url: RepositoryURL) -> RepositoryCache {
    RepositoryCache(git: git, url: url, in: cacheFolder)
  }

  /// Replaces the lock file: from here on it counts.
  func write(_ lock: LockFile, _ scope: RepositoryScope) throws {
    try DurableFile.makeFolder(LocalFiles.parent(of: scope.lockFile))
    try DurableFile.write(Array(lock.text.utf8), to: scope.lockFile, mode: [.ownerReadWrite, .groupRead, .otherRead])
    sweep(scope, keeping: lock)
  }

  /// Keeps what was fetched and verified.
  func keep(_ contents: RepositoryContents, as repository: LockedRepository, in scope: RepositoryScope) throws {
    // Before the files: a signature that nobody has seen yet would count as changed.
    try repositories.verifications?.note(repository, contents)
    try RepositoryStore(folder: scope.store).put(contents, as: repository)
  }

  /// - Parameters:
  ///   - name: what it is called here; `nil`: what it calls itself, or the last part of its URL.
  ///   - demand: who has to have signed it, now and from now on.
  /// - Returns: what is there now, to be shown.
  /// - Throws: ``SharingError`` and what ``Snapshot`` throws; then nothing was added.
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
    /// Whether the signer is one whom the person named or pinned.
    package var isVouchedFor: Bool
  }

  /// Takes it out of the lock file, then removes its files.
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
