import Recipes
import Values

/// The repositories pinned on this computer, read-only: without fetches or changes.
package struct Repositories: Sendable {
  package struct Pinned: Sendable, Hashable {
    package var repository: LockedRepository
    package var scope: RepositoryScope

    package var name: String { repository.name }
    var store: RepositoryStore { RepositoryStore(folder: scope.store) }
    /// The folder with the repository's files.
    package var path: String { store.path(of: repository) }
  }

  package let places: RepositoryPlaces

  package init(places: RepositoryPlaces = .standard()) { self.places = places }

  /// All pinned repositories, by name; if two lock files pin the same name, the first place wins.
  ///
  /// - Throws: ``LockFileError``.
  package func pinned() throws(LockFileError) -> [Pinned] {
    var found: [String: Pinned] = [:]
    for scope in places.scopes {
      for repository in try scope.lock().repositories where found[repository.name] == nil {
        found[repository.name] = Pinned(repository: repository, scope: scope)
      }
    }
    return found.values.sorted { $0.name < $1.name }
  }

  /// - Throws: ``LockFileError``, ``UnknownRepository``.
  package func find(_ name: String) throws -> Pinned {
    let all = try pinned()
    if let found = all.first(where: { $0.name == name }) { return found }
    let known = all.map(\.name)
    throw UnknownRepository(name: name, nearest: NearestName.find(name, among: known), known: known)
  }

  /// - Throws: ``AlteredRepository``, before any file was loaded.
  package func load(_ pinned: Pinned) throws(AlteredRepository) -> SharedRecipes {
    do throws(AlteredRepository) {
      let contents = try pinned.store.load(pinned.repository)
      if isVerified(pinned.repository), verifications?.knows(contents.attachments, of: pinned.repository) == false {
        throw .init(pinned.repository, .signature(path: "\(pinned.path)/\(Signatures.file)"))
      }
      return SharedRecipes(pinned.repository, contents, path: pinned.path, standing: standing(of: pinned))
    } catch {
      var error = error
      error.scope = pinned.scope
      throw error
    }
  }

  var verifications: Verifications? { places.state.map(Verifications.init) }

  func isVerified(_ repository: LockedRepository) -> Bool { verifications?.holds(repository) ?? false }

  package func standing(of pinned: Pinned) -> LockStanding {
    guard isVerified(pinned.repository) else { return .claimed(pinned.scope) }
    return pinned.scope.folder.map { .verified(folder: $0) } ?? .own
  }

  /// The repositories with a file of this recipe's name, which may be a module.
  ///
  /// - Throws: ``LockFileError``.
  func holders(of recipe: String) throws(LockFileError) -> [Pinned] {
    try pinned().filter { LocalFiles.exists("\($0.path)/\(RepositoryContents.folder)\(recipe).lua") }
  }
}

package struct UnknownRepository: Error, Hashable, Sendable, CustomStringConvertible {
  package var name: String
  package var nearest: String?
  package var known: [String]
  /// A file that the user perhaps meant, as a path for the command line.
  package var file: String?

  package var description: String {
    "there is no repository \"\(name)\"" + Wording.guess(nearest, known: known, of: "repositories")
      + (file.map { "; to run the file of that name, use \($0)" } ?? "")
  }
}
