import Formats
import Recipes

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The data fetched from one URL: a bare repository, in which no program ever works.
///
/// `git fsck` checks the cache after every fetch, and contents from the cache are checked against the lock file.
/// Callers hold the ``RepositoryMutex``.
struct RepositoryCache: Sendable {
  let git: Git
  let url: RepositoryURL
  let path: String

  /// The prefix for fetched refs, so that a server cannot set other refs.
  private static let fetched = "refs/fetched/"

  init(git: Git, url: RepositoryURL, in folder: String) {
    self.git = git
    self.url = url
    // By URL, since two lock files may use one name for two repositories.
    path = "\(folder)/\(SHA256.hexadecimal(Array(url.text.utf8)).prefix(16)).git"
  }

  var isThere: Bool { LocalFiles.exists(path + "/HEAD") }

  func remove() { Self.removeFolder(path) }

  static func removeFolder(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

  /// Fetches the possible meanings of `ref`: the default branch only, or all branches and tags. Uses one connection, so
  /// that the user types a passphrase only once.
  ///
  /// - Throws: ``GitError``, ``FetchError``.
  func fetch(_ ref: RepositoryRef, progress: Git.Progress?) async throws {
    // git also tries the name with `.git` appended.
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
        // The cache is damaged, by accident or on purpose: fetch everything again.
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
    // No branch or tag leads to the commit; many servers provide it nevertheless.
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

  /// Checks that every reachable object exists and matches its name.
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

  /// A killed program leaves locks and an incomplete pack; while this program holds the mutex, no others exist.
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
  /// Whether the cache itself is damaged, rather than the server or the connection.
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
