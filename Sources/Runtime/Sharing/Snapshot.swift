/// The inspected contents of a repository at one commit: not yet written to disk as files, and, apart from the
/// declaration, not loaded.
struct Snapshot: Sendable {
  var resolved: RepositoryCache.Resolved
  var contents: RepositoryContents
  var declaration: RepositoryDeclaration
  var verdict: Signatures.Verdict

  /// - Parameters:
  ///   - ref: the requested ref: a tag's name is part of the signed content.
  ///   - demand: the required signers.
  ///   - version: the version of this program.
  /// - Throws: ``RepositoryProblem``, ``FetchError``, ``GitError``, ``RecipeError``, ``SharingError``.
  static func take(
    _ resolved: RepositoryCache.Resolved, of ref: RepositoryRef, from cache: RepositoryCache, demand: SignatureDemand,
    version: String
  ) async throws -> Snapshot {
    let entries = try await cache.entries(resolved.commit)
    try TreeInspection.inspect(entries)
    let parts = try parts(of: entries)
    let blobs = try await cache.blobs(parts.map(\.entry))
    var contents = RepositoryContents(files: [:])
    for (part, bytes) in zip(parts, blobs) {
      if Signatures.files.contains(part.path) {
        contents.attachments[part.path] = bytes
      } else {
        contents.files[part.path] = bytes
      }
    }
    guard contents.files.keys.contains(where: { $0.hasPrefix(RepositoryContents.folder) }) else {
      throw FetchError.noRecipes(url: cache.url.text, commit: resolved.commit)
    }
    try ContentInspection.inspect(contents)
    let evidence = SignatureEvidence(
      contents: contents, commit: try await cache.object(resolved.commit, .commit),
      tag: try await cache.tag(of: resolved), ref: ref.name)
    let verdict = try await Signatures.verify(evidence, demand)
    let declaration = try await RepositoryDeclaration.read(contents)
    guard declaration.isMet(by: version) else {
      throw SharingError.needsVersion(declaration.needsVersion ?? "", own: version, url: cache.url.text)
    }
    return Snapshot(resolved: resolved, contents: contents, declaration: declaration, verdict: verdict)
  }

  /// The lock file's entry for this snapshot.
  func locked(name: String, url: String, ref: RepositoryRef) -> LockedRepository {
    LockedRepository(
      name: name, url: url, ref: resolved.text(of: ref), commit: resolved.commit, contentHash: contents.contentHash,
      signer: verdict.signer, signers: verdict.signers)
  }

  /// The entries to be written as files. Checks again, after the inspection, that each is a regular file with a path
  /// inside the folder.
  private static func parts(of entries: [TreeEntry]) throws -> [(path: String, entry: TreeEntry)] {
    var parts: [(path: String, entry: TreeEntry)] = []
    for entry in entries {
      let path = entry.name
      guard RepositoryContents.isPart(path) || Signatures.files.contains(path) else { continue }
      let isPlain = entry.kind == .blob && ["100644", "100755", "100664"].contains(entry.mode)
      let names = path.split(separator: "/", omittingEmptySubsequences: false)
      guard isPlain, Array(path.utf8) == entry.path, !names.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." })
      else { throw FetchError.unreadable("\"\(path)\" is not a regular file, or not a valid file name") }
      parts.append((path, entry))
    }
    return parts
  }
}
