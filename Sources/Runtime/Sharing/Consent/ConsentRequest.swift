import Contract
import Formats

/// A third-party recipe about to run, with the facts that the user needs for consent.
package struct ConsentRequest: Sendable, Hashable {
  /// The signature of the content.
  package enum Signature: Sendable, Hashable {
    case unsigned
    /// By a key that the user has neither named nor pinned.
    case unknown(Signer)
    /// By a key that the user named or pinned.
    case known(Signer)
    /// By a key that another person's lock file requires.
    case named(Signer, folder: String)
    /// Claimed by the lock file, and unverified.
    case claimed(Signer)
  }

  /// `REPOSITORY/RECIPE`, as in `run`.
  package var name: String
  /// The repository's address.
  package var url: String
  package var commit: String
  /// As stated in the commit, where any name is possible; `nil` if unknown.
  package var author: String?
  package var signature: Signature
  /// The source of an unverified claim about commit and signers: the folder of a lock file.
  package var claimant: String?
  /// The command that verifies the claim.
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
  ///   - recipes: the recipes of the pinned repository.
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

  /// The same for every version of the recipe, and for every local name of the repository.
  var source: String { "\(url) \(name.split(separator: "/").last ?? "")" }

  /// Whether commands of the repository itself may run as root: the commands of its platforms restart sshd and read
  /// logs, without the permission `run`.
  package var runsPlatformCommands: Bool {
    contents.files.keys.contains { $0.hasPrefix(RecipeContents.platforms) } && !needs.isDisjoint(with: [.ssh, .logs])
  }
}
