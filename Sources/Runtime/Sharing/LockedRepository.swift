/// A repository as the lock file pins it.
package struct LockedRepository: Sendable, Hashable {
  /// What `run NAME/RECIPE` calls it.
  package var name: String
  /// As it was added, and as git takes it.
  package var url: String
  /// What `update` follows: `refs/tags/…`, `refs/heads/…`, a commit, or `HEAD` for the default branch. Lock files of before
  /// have short names, which do not tell a tag from a branch.
  package var ref: String
  /// The whole commit, in hexadecimal.
  package var commit: String
  /// ``RepositoryContents/contentHash``.
  package var contentHash: String
  /// Who signed it, where it is signed.
  package var signer: Signer?
  /// Who has to sign what `update` takes; empty: nobody has to.
  package var signers: [Signer]

  package init(
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
  package var shortRef: String {
    ref == commit ? String(commit.prefix(12)) : "\(refName) (\(commit.prefix(12)))"
  }

  /// The ref as people say it.
  package var refName: String { (try? RepositoryRef(parsing: ref))?.name ?? ref }
}
