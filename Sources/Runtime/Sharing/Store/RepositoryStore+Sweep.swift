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

/// What an update replaced, and what nobody needs any more.
extension RepositoryStore {
  /// Remembers what an update replaces. The record is named after what it precedes, so that it counts from the moment on at
  /// which the lock file pins that, and the one before it until then.
  func setPrevious(_ old: LockedRepository, before new: LockedRepository) throws {
    try DurableFile.write(Array(old.lockText.utf8), to: "\(folder)/\(new.name)/\(previousName(of: new))")
  }

  /// What the update to this replaced.
  func previous(of repository: LockedRepository) -> LockedRepository? {
    Self.record("\(folder)/\(repository.name)/\(previousName(of: repository))", of: repository.name)
  }

  /// Removes what neither the lock file nor an undo can ask for any more: also what a program that was killed left.
  ///
  /// Whoever wrote a project wrote its store as well: nothing is removed through a link, and a folder only where a record of
  /// ours lies beside it.
  ///
  /// - Parameter isAlone: whether no other lock file leads here; else what this one does not name stays.
  func sweep(keeping lock: LockFile, isAlone: Bool) {
    for name in DurableFile.names(in: folder) where RepositoryName.isValid(name) {
      if let repository = lock[name: name] {
        sweep(name, keeping: repository)
      } else if isAlone {
        remove(name)
      }
    }
  }

  /// Removes all that we have put there under the name.
  func remove(_ name: String) {
    sweep(name, keeping: nil)
    // Only an empty one goes: in a person's own folder there may be something of theirs.
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
    let entries = DurableFile.names(in: base).filter { !kept.contains($0) }
    for entry in entries where entry.wholeMatch(of: /[0-9a-f]{64}(\.new-[0-9]+)?/) != nil {
      if hasRecord(entry.prefix(64), of: name) { try? FileManager.default.removeItem(atPath: "\(base)/\(entry)") }
    }
    // After them, for without its record a folder is nobody's.
    let file = /([0-9a-f]{64}\.[0-9a-f]{12}\.lock|previous\.[0-9a-f]{12})(\.new-[0-9]+)?/
    for entry in entries where entry.wholeMatch(of: file) != nil {
      if DurableFile.kind(of: "\(base)/\(entry)") == .file { unlink("\(base)/\(entry)") }
    }
  }

  private func hasRecord(_ digits: Substring, of name: String) -> Bool {
    let base = "\(folder)/\(name)"
    return DurableFile.names(in: base).contains {
      $0.hasPrefix(digits + ".") && $0.hasSuffix(".lock")
        && Self.record("\(base)/\($0)", of: name)?.contentHash == "sha256:\(digits)"
    }
  }
}
