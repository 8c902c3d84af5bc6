/// A recipe of somebody else that is about to run, as the person has to know it to agree.
public struct ConsentRequest: Sendable, Hashable {
  /// Who stands behind the content.
  public enum Signature: Sendable, Hashable {
    case unsigned
    /// By a key for which nobody has vouched.
    case unknown(Signer)
    /// By a key that the person named or pinned.
    case known(Signer)
  }

  /// `REPOSITORY/RECIPE`, as `run` takes it.
  public var name: String
  /// The repository's address.
  public var url: String
  public var commit: String
  /// As the commit has it; `nil` where that is not known. Anybody can write any name there.
  public var author: String?
  public var signature: Signature
  public var needs: Set<Permission>
  public var contents: RecipeContents

  public init(
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
  ///   - repository: as it is pinned.
  ///   - name: `REPOSITORY/RECIPE`.
  public init(
    _ repository: LockedRepository, name: String, author: String?, needs: Set<Permission>, contents: RecipeContents
  ) {
    let signature: Signature =
      repository.signer.map { signer in
        let known = repository.signers.first { $0.key.blob == signer.key.blob }
        return known.map { .known($0) } ?? .unknown(signer)
      } ?? .unsigned
    self.init(
      name: name, url: repository.url, commit: repository.commit, author: author, signature: signature, needs: needs,
      contents: contents)
  }

  /// The same for every version of the recipe, whatever the repository is called here.
  var source: String { "\(url) \(name.split(separator: "/").last ?? "")" }

  /// Whether its repository's own commands may run as root: those of platforms restart sshd and read logs, without
  /// asking for `run`.
  public var runsPlatformCommands: Bool {
    contents.files.keys.contains { $0.hasPrefix(RecipeContents.platforms) } && !needs.isDisjoint(with: [.ssh, .logs])
  }
}
