/// Signatures over a repository's contents.
public enum Signatures {
  /// Files at the top of a repository that hold them: ``RepositoryContents/attachments``.
  public static let files: Set<String> = []

  /// - Parameters:
  ///   - contents: as fetched, with its attachments.
  ///   - pinned: who signed what is in the lock file; `nil` for a repository that is new, or was not signed.
  /// - Returns: who signed it; `nil` where nobody did.
  public static func verify(
    _ contents: RepositoryContents, pinned: Signer?
  ) async throws(RepositoryProblem) -> Signer? { nil }
}
