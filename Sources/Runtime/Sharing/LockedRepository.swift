/// A repository as the lock file pins it.
public struct LockedRepository: Sendable, Hashable {
  /// What `run NAME/RECIPE` calls it.
  public var name: String
  /// As it was added, and as git takes it.
  public var url: String
  /// The tag or branch that `update` follows, or a commit; `HEAD` is the default branch.
  public var ref: String
  /// The whole commit, in hexadecimal.
  public var commit: String
  /// ``RepositoryContents/contentHash``.
  public var contentHash: String
  /// Who signed it, where it is signed.
  public var signer: Signer?

  public init(
    name: String, url: String, ref: String, commit: String, contentHash: String, signer: Signer? = nil
  ) {
    self.name = name
    self.url = url
    self.ref = ref
    self.commit = commit
    self.contentHash = contentHash
    self.signer = signer
  }
}
