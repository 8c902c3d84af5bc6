/// A repository as the lock file pins it.
public struct LockedRepository: Sendable, Hashable {
  /// What `run NAME/RECIPE` calls it.
  public var name: String
  /// As it was added, and as git takes it.
  public var url: String
  /// What `update` follows: `refs/tags/…`, `refs/heads/…`, a commit, or `HEAD` for the default branch. Lock files of before
  /// have short names, which do not tell a tag from a branch.
  public var ref: String
  /// The whole commit, in hexadecimal.
  public var commit: String
  /// ``RepositoryContents/contentHash``.
  public var contentHash: String
  /// Who signed it, where it is signed.
  public var signer: Signer?
  /// Who has to sign what `update` takes; empty: nobody has to.
  public var signers: [Signer]

  public init(
    name: String, url: String, ref: String, commit: String, contentHash: String, signer: Signer? = nil,
    signers: [Signer] = []
  ) {
    self.name = name
    self.url = url
    self.ref = ref
    self.commit = commit
    self.contentHash = contentHash
    self.signer = signer
    self.signers = signers
  }

  /// `v1.2 (0123456789ab)`.
  public var shortRef: String {
    ref == commit ? String(commit.prefix(12)) : "\(refName) (\(commit.prefix(12)))"
  }

  /// The ref as people say it.
  public var refName: String { (try? RepositoryRef(parsing: ref))?.name ?? ref }
}
