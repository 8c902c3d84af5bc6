import Values

extension RepositoryCache {
  /// The commit found for a ref.
  struct Resolved: Sendable, Hashable {
    enum Kind: Sendable, Hashable { case tag, branch, head, commit }

    var commit: String
    var kind: Kind
    /// The object of the tag's name: a tag object, or the commit itself.
    var tag: String?

    /// The ref for a lock file: never a short name, which may become a tag or a branch later.
    func text(of ref: RepositoryRef) -> String {
      switch kind {
      case .tag: "refs/tags/\(ref.name)"
      case .branch: "refs/heads/\(ref.name)"
      case .head, .commit: ref.text
      }
    }
  }

  /// Finds the commit of a ref in the last fetch.
  ///
  /// - Throws: ``FetchError``, ``GitError``.
  func resolve(_ ref: RepositoryRef) async throws -> Resolved {
    switch ref.kind {
    case .head: return try await resolved("refs/fetched/HEAD", .head, ref)
    case .commit: return try await resolved(ref.name, .commit, ref)
    case .tag: return try await resolved("refs/fetched/tags/\(ref.name)", .tag, ref)
    case .branch: return try await resolved("refs/fetched/heads/\(ref.name)", .branch, ref)
    case .name:
      let names = try await names()
      switch (names.tags.contains(ref.name), names.branches.contains(ref.name)) {
      case (true, true): throw FetchError.ambiguous(ref.name, url: url.text)
      case (true, false): return try await resolved("refs/fetched/tags/\(ref.name)", .tag, ref)
      case (false, true): return try await resolved("refs/fetched/heads/\(ref.name)", .branch, ref)
      case (false, false): throw noRef(ref, names)
      }
    }
  }

  private func resolved(_ name: String, _ kind: Resolved.Kind, _ ref: RepositoryRef) async throws -> Resolved {
    do {
      let output = try await git.run(["rev-parse", "--verify", "--quiet", "\(name)^{commit}"], in: path)
      var found = Resolved(commit: Self.line(output), kind: kind)
      if kind == .tag {
        found.tag = Self.line(try await git.run(["rev-parse", "--verify", "--quiet", name], in: path))
      }
      return found
    } catch {
      guard case .failed = error else { throw error }
      if kind == .commit { throw FetchError.noCommit(ref.name, url: url.text) }
      throw noRef(ref, try await names())
    }
  }

  private func noRef(_ ref: RepositoryRef, _ names: (tags: [String], branches: [String])) -> FetchError {
    if ref.kind == .tag && names.branches.contains(ref.name) || ref.kind == .branch && names.tags.contains(ref.name) {
      return .otherKind(ref.name, url: url.text, isTag: ref.kind == .tag)
    }
    let known = names.tags + names.branches
    return .noRef(
      ref.text, url: url.text, nearest: NearestName.find(ref.name, among: known), known: Array(known.prefix(10)),
      isShortCommit: ref.looksLikeShortCommit)
  }

  private func names() async throws(GitError) -> (tags: [String], branches: [String]) {
    let output = try await git.run(["for-each-ref", "--format=%(refname)", "refs/fetched"], in: path)
    let lines = String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
    func under(_ prefix: String) -> [String] {
      lines.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    }
    return (under("refs/fetched/tags/"), under("refs/fetched/heads/"))
  }

  private static func line(_ output: [UInt8]) -> String {
    String(decoding: output, as: UTF8.self).filter { !$0.isNewline }
  }

  /// An object's bytes, without git's header.
  ///
  /// - Throws: ``GitError``.
  func object(_ name: String, _ kind: TreeEntry.Kind) async throws(GitError) -> [UInt8] {
    try await git.run(["cat-file", kind.rawValue, name], in: path)
  }

  /// The object of the requested tag; `nil` if there is none.
  ///
  /// - Throws: ``GitError``.
  func tag(of resolved: Resolved) async throws(GitError) -> [UInt8]? {
    guard let name = resolved.tag, name != resolved.commit else { return nil }
    return try await object(name, .tag)
  }

  /// Whether `later` descends from `earlier`.
  ///
  /// - Throws: ``GitError``.
  func isAncestor(_ earlier: String, of later: String) async throws(GitError) -> Bool {
    do {
      _ = try await git.run(["merge-base", "--is-ancestor", earlier, later], in: path)
      return true
    } catch {
      // Status 1: not an ancestor; 128: not in the repository.
      if case .failed = error { return false }
      throw error
    }
  }

  /// All entries of the commit, with names and sizes only.
  ///
  /// - Throws: ``GitError``, ``FetchError``.
  func entries(_ commit: String) async throws -> [TreeEntry] {
    // Trees that contain one tree many times list without end; output beyond this size has more files than allowed.
    let output: [UInt8]
    do {
      output = try await git.run(["ls-tree", "-r", "-z", "-l", "--full-tree", commit], in: path, limit: 8 << 20)
    } catch {
      guard case .tooMuch = error else { throw error }
      throw RepositoryProblem.tooManyFiles(limit: TreeInspection.mostFiles)
    }
    return try output.split(separator: 0).map { line in
      guard let entry = TreeEntry(line: line) else {
        throw FetchError.unreadable("unexpected output of git ls-tree: \"\(String(decoding: line, as: UTF8.self))\"")
      }
      return entry
    }
  }

  /// The bytes of the entries, which have been inspected.
  ///
  /// - Throws: ``GitError``, ``FetchError``.
  func blobs(_ entries: [TreeEntry]) async throws -> [[UInt8]] {
    let total = entries.reduce(0) { $0 + ($1.size ?? 0) + 128 }
    let request = entries.map { $0.objectID + "\n" }.joined()
    let output = try await git.run(
      ["cat-file", "--batch"], in: path, input: Array(request.utf8), limit: max(total, 1 << 16))
    var rest = output[...]
    var result: [[UInt8]] = []
    for entry in entries {
      guard let end = rest.firstIndex(of: 0x0A) else { throw FetchError.unreadable("git cat-file ended early") }
      let words = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ")
      guard words.count == 3, words[0] == entry.objectID, words[1] == "blob", let size = Int(words[2]),
        size == entry.size, rest.endIndex - end > size + 1
      else { throw FetchError.unreadable("git lacks the file \"\(entry.name)\", which its tree lists") }
      result.append(Array(rest[(end + 1)..<(end + 1 + size)]))
      rest = rest[(end + 2 + size)...]
    }
    return result
  }
}

extension TreeEntry {
  /// `MODE SP TYPE SP OBJECT SP SIZE(padded) TAB PATH`, as in git-ls-tree(1).
  init?(line: ArraySlice<UInt8>) {
    guard let tab = line.firstIndex(of: 0x09) else { return nil }
    let words = String(decoding: line[..<tab], as: UTF8.self).split(separator: " ")
    guard words.count == 4, let kind = Kind(rawValue: String(words[1])) else { return nil }
    self.init(
      path: Array(line[(tab + 1)...]), mode: String(words[0]), kind: kind, objectID: String(words[2]),
      size: Int(words[3]))
  }
}
