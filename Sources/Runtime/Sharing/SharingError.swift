/// A repository could not be added, updated or installed. Nothing was changed.
package enum SharingError: Error, Hashable, Sendable {
  /// Another repository has the name.
  case nameTaken(String, url: String)
  case alreadyAdded(name: String, url: String)
  case badName(String)
  /// Neither the user, nor the repository, nor its URL provides a name.
  case noName(url: String)
  case needsVersion(String, own: String, url: String)
  /// The commit is as pinned, but its content is not.
  case otherContent(LockedRepository, found: String)
  /// The commit's signer is not the signer in the lock file.
  case otherSigner(LockedRepository, found: Signer?)
  case nothingToUndo(String)
  /// The store, or a repository's folder in it, is a symbolic link.
  case linked(path: String)
  /// Without a home directory there is no place for repositories.
  case noPlace
}

extension SharingError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .nameTaken(let name, let url):
      "there already is a repository \"\(name)\", from \(url); choose another name with --name"
    case .alreadyAdded(let name, let url): "\(url) is already added as \"\(name)\""
    case .badName(let name):
      "\"\(name)\" is not a valid name for a repository; expected at most 40 lower-case letters, digits, \"-\" and "
        + "\"_\", other than \"bundled\" and \"own\""
    case .noName(let url): "the URL \(url) does not provide a valid repository name; choose one with --name"
    case .needsVersion(let needed, let own, let url):
      "the recipes of \(url) need ssh-recipes \(needed); this is \(own)"
    case .otherContent(let pinned, let found):
      "commit \(pinned.commit) of \(pinned.url) has the content \(found), but the lock file pins "
        + "\(pinned.contentHash) for it: one of the two has been changed"
    case .otherSigner(let pinned, let found):
      "the lock file says that commit \(pinned.commit) of \(pinned.url) is signed by "
        + "\(pinned.signer?.shown ?? "nobody"), but it is signed by \(found?.shown ?? "nobody")"
    case .linked(let path): "\"\(path)\" is a symbolic link; ssh-recipes writes and removes nothing through links"
    case .nothingToUndo(let name): "there is no update of \"\(name)\" to undo"
    case .noPlace: "HOME is not set, so there is no folder for repositories"
    }
  }
}
