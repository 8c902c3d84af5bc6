import Formats
import Recipes

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What was fetched from one URL: a bare repository, which no program ever works in.
///
/// It is a cache: what lies in it is checked by `git fsck` after every fetch, and what comes out of it against the lock
/// file. Whoever uses it holds the ``RepositoryMutex``.
struct RepositoryCache: Sendable {
  let git: Git
  let url: RepositoryURL
  let path: String

  /// Where a fetch puts what the other side has, so that nothing of it is taken for a name of ours.
  private static let fetched = "refs/fetched/"

  init(git: Git, url: RepositoryURL, in folder: String) {
    self.git = git
    self.url = url
    // By URL, not by name: two lock files may give one name to two repositories.
    path = "\(folder)/\(SHA256.hexadecimal(Array(url.text.utf8)).prefix(16)).git"
  }

  var isThere: Bool { LocalFiles.exists(path + "/HEAD") }

  func remove() { Self.removeFolder(path) }

  static func removeFolder(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

  /// Fetches what `ref` may mean: the default branch alone, or all branches and tags; in one connection, so that whoever
  /// is asked for a passphrase is asked once.
  ///
  /// - Throws: ``GitError``, ``FetchError``.
  func fetch(_ ref: RepositoryRef, progress: Git.Progress?) async throws {
    // git looks for the name with `.git` behind it as well.
    if let folder = url.folder, !LocalFiles.exists(folder), !LocalFiles.exists(folder + ".git") {
      throw FetchError.noFolder(folder)
    }
    if isThere {
      removeLeftovers()
      do {
        try await fetch(ref, into: path, progress: progress)
        try await check(path)
        return
      } catch let error as GitError where error.meansDamage {
        // What is there is of no use, whoever did that to it; all of it is fetched again.
        remove()
      }
    }
    let fresh = "\(path).new-\(UInt32.random(in: 0...UInt32.max))"
    try FileManager.default.createDirectory(
      atPath: LocalFiles.parent(of: path), withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(atPath: fresh) }
    do {
      try await create(fresh, format: "sha1")
      try await fetch(ref, into: fresh, progress: progress)
    } catch let error as GitError where error.says("mismatched algorithms") {
      try FileManager.default.removeItem(atPath: fresh)
      try await create(fresh, format: "sha256")
      try await fetch(ref, into: fresh, progress: progress)
    }
    try FileManager.default.moveItem(atPath: fresh, toPath: path)
  }

  private func create(_ folder: String, format: String) async throws {
    _ = try await git.run(["init", "--quiet", "--bare", "--object-format=\(format)"], in: folder)
  }

  private func fetch(_ ref: RepositoryRef, into folder: String, progress: Git.Progress?) async throws {
    let specs =
      ref.kind == .head
      ? ["+HEAD:\(Self.fetched)HEAD"]
      : ["+refs/heads/*:\(Self.fetched)heads/*", "+refs/tags/*:\(Self.fetched)tags/*"]
    do { try await fetch(specs, into: folder, progress: progress) } catch let error as GitError
      where error.says("couldn't find remote ref HEAD")
    { throw FetchError.empty(url: url.text) }
    guard ref.kind == .commit, try await !has(commit: ref.name, in: folder) else { return }
    // No branch or tag leads to it any more, or never did; many servers give it all the same.
    do { try await fetch(["+\(ref.name):\(Self.fetched)commit"], into: folder, progress: progress) } catch let error
      as GitError
    {
      if case .failed = error { throw FetchError.noCommit(ref.name, url: url.text) }
      throw error
    }
  }

  private func fetch(_ specs: [String], into folder: String, progress: Git.Progress?) async throws {
    let options = ["fetch", "--progress", "--prune", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules"]
    do {
      _ = try await git.run(
        options + ["--", url.text] + specs, in: folder, allowingFiles: url.isPath, progress: progress)
    } catch {
      if error.meansTooLarge { throw FetchError.tooLarge(url: url.text, limit: git.largestFile) }
      if let problem = RepositoryProblem(fsck: error.lines) { throw problem }
      throw error
    }
  }

  /// Every object that a ref leads to is there and has the name that its bytes give.
  private func check(_ folder: String) async throws(GitError) {
    _ = try await git.run(["fsck", "--full", "--no-dangling", "--no-progress"], in: folder)
  }

  private func has(commit: String, in folder: String) async throws -> Bool {
    do {
      _ = try await git.run(["cat-file", "-e", "\(commit)^{commit}"], in: folder)
      return true
    } catch {
      if case .failed = error { return false }
      throw error
    }
  }

  /// A program that was killed leaves its locks and half a pack behind; while we hold the mutex nobody else has any.
  private func removeLeftovers() {
    for name in (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? [] {
      let last = name.split(separator: "/").last ?? ""
      if last.hasSuffix(".lock") || last.hasPrefix("tmp_") {
        try? FileManager.default.removeItem(atPath: "\(path)/\(name)")
      }
    }
  }
}

extension GitError {
  /// Whether the cache itself is to blame, not the other side or the way there.
  fileprivate var meansDamage: Bool {
    guard case .failed(let command, _, let lines) = self else { return false }
    if command == "fsck" { return true }
    let marks = [
      "not a git repository", "bad object", "corrupt", "loose object", "unable to read", "packfile", "bad config",
    ]
    return lines.contains { line in !line.hasPrefix("remote:") && marks.contains { line.contains($0) } }
  }

  /// `EFBIG`.
  fileprivate var meansTooLarge: Bool { says("File too large") }
}
