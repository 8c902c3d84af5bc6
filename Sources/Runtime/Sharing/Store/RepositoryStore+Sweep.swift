import Recipes
#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The repository before an update, and the removal of unneeded files.
extension RepositoryStore {
  /// Records the repository that an update replaces. The record is named after the new repository, so that it takes
  /// effect once the lock file pins the new one; until then, the earlier record applies.
  func setPrevious(_ old: LockedRepository, before new: LockedRepository) throws {
    try DurableFile.write(Array(old.lockText.utf8), to: "\(folder)/\(new.name)/\(previousName(of: new))")
  }

  /// The repository that the update to this one replaced.
  func previous(of repository: LockedRepository) -> LockedRepository? {
    Self.record("\(folder)/\(repository.name)/\(previousName(of: repository))", of: repository.name)
  }

  /// Removes files that neither the lock file nor an undo needs, including the leftovers of killed programs.
  ///
  /// The author of a project also controls its store: removal never follows links, and a folder is removed only if a
  /// record of this program lies next to it.
  ///
  /// - Parameter isAlone: whether no other lock file uses the store; if one may, repositories outside this lock file
  ///   stay.
  func sweep(keeping lock: LockFile, isAlone: Bool) {
    for name in LocalFiles.names(in: folder) where RepositoryName.isValid(name) {
      if let repository = lock[name: name] {
        sweep(name, keeping: repository)
      } else if isAlone {
        remove(name)
      }
    }
  }

  /// Removes all files of this program under the name.
  func remove(_ name: String) {
    sweep(name, keeping: nil)
    // Only an empty folder is removed: a user's own folder may contain the user's files.
    if isReal(name) { rmdir("\(folder)/\(name)") }
  }

  private func isReal(_ name: String) -> Bool {
    DurableFile.kind(of: folder) == .folder && DurableFile.kind(of: "\(folder)/\(name)") == .folder
  }

  private func sweep(_ name: String, keeping repository: LockedRepository?) {
    guard isReal(name) else { return }
    let base = "\(folder)/\(name)"
    let pins = repository.map { [$0, previous(of: $0)].compactMap { $0 } } ?? []
    let kept = Set(
      pins.flatMap { [Self.digits($0), recordName(of: $0)] } + (repository.map { [previousName(of: $0)] } ?? []))
    let entries = LocalFiles.names(in: base).filter { !kept.contains($0) }
    for entry in entries where entry.wholeMatch(of: /[0-9a-f]{64}(\.new-[0-9]+)?/) != nil {
      if hasRecord(entry.prefix(64), of: name) { try? FileManager.default.removeItem(atPath: "\(base)/\(entry)") }
    }
    // Records last, since a folder without its record is never removed.
    let file = /([0-9a-f]{64}\.[0-9a-f]{12}\.lock|previous\.[0-9a-f]{12})(\.new-[0-9]+)?/
    for entry in entries where entry.wholeMatch(of: file) != nil {
      if DurableFile.kind(of: "\(base)/\(entry)") == .file { unlink("\(base)/\(entry)") }
    }
  }

  private func hasRecord(_ digits: Substring, of name: String) -> Bool {
    let base = "\(folder)/\(name)"
    return LocalFiles.names(in: base).contains {
      $0.hasPrefix(digits + ".") && $0.hasSuffix(".lock")
        && Self.record("\(base)/\($0)", of: name)?.contentHash == "sha256:\(digits)"
    }
  }
}
