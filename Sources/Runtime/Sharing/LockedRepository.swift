/// A repository as pinned in the lock file.
package struct LockedRepository: Sendable, Hashable {
  /// The repository's name in `run NAME/RECIPE`.
  package var name: String
  /// The URL as added, in git's form.
  package var url: String
  /// The ref that `update` follows: `refs/tags/…`, `refs/heads/…`, a commit, or `HEAD` for the default branch. Older
  /// lock files have short names, which do not tell a tag from a branch.
  package var ref: String
  /// The full commit, in hexadecimal.
  package var commit: String
  /// ``RepositoryContents/contentHash``.
  package var contentHash: String
  /// The signer, if the repository is signed.
  package var signer: Signer?
  /// The signers that `update` requires; empty if no signature is required.
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

  /// The ref without its prefix.
  package var refName: String { (try? RepositoryRef(parsing: ref))?.name ?? ref }
}
