/// A repository that is not added, updated or installed. Everything is as it was.
package enum SharingError: Error, Hashable, Sendable {
  /// The name is another repository's.
  case nameTaken(String, url: String)
  case alreadyAdded(name: String, url: String)
  case badName(String)
  /// Neither the person, nor the repository, nor its URL gives a name.
  case noName(url: String)
  case needsVersion(String, own: String, url: String)
  /// The commit is the pinned one, and what it holds is not.
  case otherContent(LockedRepository, found: String)
  /// The commit is not signed by whom the lock file says.
  case otherSigner(LockedRepository, found: Signer?)
  case nothingToTakeBack(String)
  /// The store, or a repository's folder in it, is a symbolic link.
  case linked(path: String)
  /// There is no home to keep anything in.
  case noPlace
}

extension SharingError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .nameTaken(let name, let url):
      "there is a repository \"\(name)\" already, from \(url); give this one another name with --name"
    case .alreadyAdded(let name, let url): "\(url) is added already, as \"\(name)\""
    case .badName(let name):
      "\"\(name)\" cannot be the name of a repository; expected at most 40 lower-case letters, digits, \"-\" and \"_\", and "
        + "neither \"bundled\" nor \"own\""
    case .noName(let url): "\(url) gives no name that could be a repository's; give it one with --name"
    case .needsVersion(let needed, let own, let url):
      "the recipes of \(url) need ssh-recipes \(needed); this is \(own)"
    case .otherContent(let pinned, let found):
      "commit \(pinned.commit) of \(pinned.url) holds the content \(found), but the lock file pins "
        + "\(pinned.contentHash) for it: one of the two was changed"
    case .otherSigner(let pinned, let found):
      "the lock file says that commit \(pinned.commit) of \(pinned.url) is signed by \(pinned.signer?.shown ?? "nobody"), but "
        + "it is signed by \(found?.shown ?? "nobody")"
    case .linked(let path): "\"\(path)\" is a symbolic link, and nothing is written or removed through one"
    case .nothingToTakeBack(let name): "no update of \"\(name)\" can be taken back; there was none"
    case .noPlace: "HOME is not set, so there is no place to keep repositories in"
    }
  }
}
