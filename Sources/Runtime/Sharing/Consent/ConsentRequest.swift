import Contract
import Formats

/// A recipe of somebody else that is about to run, as the person has to know it to agree.
package struct ConsentRequest: Sendable, Hashable {
  /// Who stands behind the content.
  package enum Signature: Sendable, Hashable {
    case unsigned
    /// By a key for which nobody has vouched.
    case unknown(Signer)
    /// By a key that the person named or pinned.
    case known(Signer)
    /// By a key that somebody else's lock file demands.
    case named(Signer, folder: String)
    /// The lock file says so, and nobody has looked.
    case claimed(Signer)
  }

  /// `REPOSITORY/RECIPE`, as `run` takes it.
  package var name: String
  /// The repository's address.
  package var url: String
  package var commit: String
  /// As the commit has it; `nil` where that is not known. Anybody can write any name there.
  package var author: String?
  package var signature: Signature
  /// Whose word it is that this is the commit and these its signers: the folder of a lock file that was not verified here.
  package var claimant: String?
  /// What verifies it.
  package var verifying: String?
  package var needs: Set<Permission>
  package var contents: RecipeContents

  package init(
    name: String, url: String, commit: String, author: String? = nil, signature: Signature, needs: Set<Permission>,
    contents: RecipeContents
  ) {
    self.name = name
    self.url = url
    self.commit = commit
    self.author = author
    self.signature = signature
    self.needs = needs
    self.contents = contents
  }

  /// - Parameters:
  ///   - recipes: those of the repository, as it is pinned.
  ///   - name: `REPOSITORY/RECIPE`.
  package init(
    _ recipes: SharedRecipes, name: String, author: String?, needs: Set<Permission>, contents: RecipeContents
  ) {
    let repository = recipes.repository
    self.init(
      name: name, url: repository.url, commit: repository.commit, author: author,
      signature: Self.signature(repository, recipes.standing), needs: needs, contents: contents)
    claimant = recipes.standing.claimant
    verifying = claimant == nil ? nil : "ssh-recipes repo install --locked" + recipes.standing.option
  }

  private static func signature(_ repository: LockedRepository, _ standing: LockStanding) -> Signature {
    guard let signer = repository.signer else { return .unsigned }
    guard standing.claimant == nil else { return .claimed(signer) }
    guard let known = repository.signers.first(where: { $0.key.blob == signer.key.blob }) else {
      return .unknown(signer)
    }
    if case .verified(let folder) = standing { return .named(known, folder: folder) }
    return .known(known)
  }

  /// The same for every version of the recipe, whatever the repository is called here.
  var source: String { "\(url) \(name.split(separator: "/").last ?? "")" }

  /// Whether its repository's own commands may run as root: those of platforms restart sshd and read logs, without
  /// asking for `run`.
  package var runsPlatformCommands: Bool {
    contents.files.keys.contains { $0.hasPrefix(RecipeContents.platforms) } && !needs.isDisjoint(with: [.ssh, .logs])
  }
}
