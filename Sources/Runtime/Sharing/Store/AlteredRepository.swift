/// The files on this computer are not the pinned content. None of them was loaded.
package struct AlteredRepository: Error, Hashable, Sendable {
  package enum Problem: Hashable, Sendable {
    /// The repository was never fetched here, or has other contents here than the lock file pins now.
    case missing(hasOthers: Bool)
    case content(found: String, path: String)
    case commit(fetched: String)
    case url(fetched: String)
    case ref(fetched: String)
    case signers
    /// The file of the signature, which is not part of the content.
    case signature(path: String)
    /// The record of the fetch is missing or damaged.
    case noRecord
    case unreadable(path: String, why: String)
  }

  package var repository: LockedRepository
  package var problem: Problem
  /// The scope of the lock file that pins the repository.
  package var scope: RepositoryScope?

  init(_ repository: LockedRepository, _ problem: Problem) {
    self.repository = repository
    self.problem = problem
  }

  /// Whether the files are only missing, rather than changed.
  package var isOnlyMissing: Bool { problem == .missing(hasOthers: false) }
}

extension AlteredRepository: CustomStringConvertible {
  package var description: String {
    let name = "the repository \"\(repository.name)\""
    switch problem {
    case .missing(false): return "\(name) is in the lock file, but not on this computer yet"
    case .missing(true):
      return "the lock file pins content of \(name) that is not on this computer: \(repository.contentHash)"
    case .content(let found, let path):
      return "\(name) was changed on this computer: the files in \(path) hash to \(found), but the lock file pins "
        + repository.contentHash
    case .commit(let fetched):
      return "the lock file pins commit \(repository.commit) of \(name), but its files come from commit \(fetched)"
    case .url(let fetched):
      return "the lock file says that \(name) comes from \(repository.url), but its files were fetched from \(fetched)"
    case .ref(let fetched):
      return "the lock file says that \(name) follows \(repository.ref), but it was added with \(fetched)"
    case .signers: return "the signers of \(name) in the lock file have changed since its signature was checked"
    case .signature(let path):
      return "the signature of \(name) has changed on this computer since it was checked: \(path)"
    case .noRecord: return "the record of the fetch of \(name) is missing or damaged"
    case .unreadable(let path, let why): return "\(name) was changed on this computer: \(path): \(why)"
    }
  }
}
