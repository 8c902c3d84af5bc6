/// What is on this computer is not what the lock file pins. Nothing of it was loaded.
package struct AlteredRepository: Error, Hashable, Sendable {
  package enum Problem: Hashable, Sendable {
    /// It was never fetched here; or others of its name were, and the lock file names another content now.
    case missing(hasOthers: Bool)
    case content(found: String, path: String)
    case commit(fetched: String)
    case url(fetched: String)
    case ref(fetched: String)
    case signers
    /// The file of its signature, which is no part of the content.
    case signature(path: String)
    /// What tells how the files came here is gone or garbled.
    case noRecord
    case unreadable(path: String, why: String)
  }

  package var repository: LockedRepository
  package var problem: Problem
  /// Whose lock file pins it.
  package var scope: RepositoryScope?

  init(_ repository: LockedRepository, _ problem: Problem) {
    self.repository = repository
    self.problem = problem
  }

  /// Whether it only has to be fetched: nobody changed anything.
  package var isOnlyMissing: Bool { problem == .missing(hasOthers: false) }
}

extension AlteredRepository: CustomStringConvertible {
  package var description: String {
    let name = "the repository \"\(repository.name)\""
    switch problem {
    case .missing(false): return "\(name) is in the lock file, but not on this computer yet"
    case .missing(true):
      return "the lock file pins a content of \(name) that is not on this computer: \(repository.contentHash)"
    case .content(let found, let path):
      return "\(name) was changed on this computer: the files in \(path) hash to \(found), and the lock file pins "
        + repository.contentHash
    case .commit(let fetched):
      return "the lock file says that \(name) is commit \(repository.commit), but its files were fetched as \(fetched)"
    case .url(let fetched):
      return "the lock file says that \(name) comes from \(repository.url), but its files were fetched from \(fetched)"
    case .ref(let fetched):
      return "the lock file says that \(name) follows \(repository.ref), but it was added with \(fetched)"
    case .signers: return "the lock file names others as signers of \(name) than when its signature was checked"
    case .signature(let path):
      return "the signature of \(name) was changed on this computer since it was checked: \(path)"
    case .noRecord: return "the record of how \(name) came here is gone or garbled"
    case .unreadable(let path, let why): return "\(name) was changed on this computer: \(path): \(why)"
    }
  }
}
