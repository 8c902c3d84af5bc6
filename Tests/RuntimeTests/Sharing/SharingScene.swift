import Foundation
import Subprocess
import SystemPackage
import Testing

@testable import Sharing

/// A simulated computer for one test: a home, and real git repositories as sources.
struct SharingScene: Sendable {
  let scene: Scene

  static func with<T: Sendable>(_ body: @Sendable (SharingScene) async throws -> T) async throws -> T {
    try await Scene.with { try await body(SharingScene(scene: $0)) }
  }

  static let recipe = recipe(needs: "\"files\"")

  static func recipe(_ summary: String = "Close a home", needs: String, params: String = "") -> String {
    """
    recipe { summary = "\(summary)", hosts = { { "host", "The host" } }, params = { \(params) }, needs = { \(needs) },
      run = function(hosts, params) end }

    """
  }

  /// This machine's git configuration does not count, and every commit has the same date.
  static let environment = [
    "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@example.org",
    "GIT_AUTHOR_DATE": "2026-01-02T03:04:05Z", "GIT_COMMITTER_DATE": "2026-01-02T03:04:05Z",
  ]

  func path(_ name: String) -> String { scene.path(name) }

  /// - Returns: git's output.
  @discardableResult
  func git(_ arguments: String...) async throws -> String {
    var environment = Self.environment
    environment["HOME"] = scene.folder
    let pairs = environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
    let result = try await Subprocess.run(
      .name("git"), arguments: Arguments(["-c", "init.defaultBranch=main"] + arguments),
      environment: .custom(Dictionary(uniqueKeysWithValues: pairs)), workingDirectory: FilePath(scene.folder),
      output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
    try #require(result.terminationStatus.isSuccess, "git \(arguments): \(result.standardError)")
    return String(result.standardOutput.reversed().drop(while: \.isNewline).reversed())
  }

  /// Commits exactly these files to a repository, created if missing.
  ///
  /// - Returns: the commit.
  @discardableResult
  func commit(_ files: [String: String], to repository: String = "acme", tag: String? = nil) async throws -> String {
    let folder = path(repository)
    if !FileManager.default.fileExists(atPath: folder) { try await git("init", "-q", repository) }
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name != ".git" {
      try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    }
    for (name, text) in files { try write("\(repository)/\(name)", text) }
    try await git("-C", repository, "add", "-A", "-f")
    try await git("-C", repository, "commit", "-q", "--allow-empty", "-m", "Change")
    if let tag { try await git("-C", repository, "tag", tag) }
    return try await git("-C", repository, "rev-parse", "HEAD")
  }

  func shell(_ script: String) async throws {
    let result = try await Subprocess.run(
      .path("/bin/sh"), arguments: ["-c", script], output: .discarded, error: .string(limit: 1 << 16))
    try #require(result.terminationStatus.isSuccess, "\(script): \(result.standardError)")
  }

  func write(_ name: String, _ text: String) throws {
    let file = URL(fileURLWithPath: path(name))
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: false, encoding: .utf8)
  }

  /// A computer: lock file, contents and cache below one home.
  func repositories(_ home: String = "home", folders: [String] = []) -> Repositories {
    Repositories(places: RepositoryPlaces(folders: folders.map(path), environment: ["HOME": path(home)]))
  }

  func session(_ home: String = "home", folders: [String] = [], git: Git? = nil) async throws -> RepositorySession {
    try await RepositorySession(
      repositories(home, folders: folders), version: "0.1.0",
      git: git ?? Git(environment: Self.environment.merging(["HOME": path(home)]) { $1 }))
  }

  @discardableResult
  func add(
    _ repository: String = "acme", name: String? = nil, ref: String = "HEAD", home: String = "home",
    folders: [String] = []
  ) async throws -> RepositorySession.Added {
    let url = try RepositoryURL(parsing: path(repository), from: "/", home: nil)
    return try await session(home, folders: folders).add(url, name: name, ref: RepositoryRef(parsing: ref))
  }

  func update(_ name: String = "acme", ref: String? = nil, home: String = "home") async throws
    -> RepositorySession.Update
  {
    let session = try await session(home)
    return try await session.prepareUpdate(
      try repositories(home).find(name), ref: try ref.map { try RepositoryRef(parsing: $0) })
  }

  func take(_ update: RepositorySession.Update, home: String = "home") async throws {
    try await session(home).take(update)
  }

  func load(_ name: String = "acme", home: String = "home") throws -> RepositoryContents {
    let repositories = repositories(home)
    return try repositories.load(try repositories.find(name)).contents
  }

  var lock: String {
    get throws { try String(contentsOfFile: path("home/.config/ssh-recipes/repositories.lock"), encoding: .utf8) }
  }

  func setLock(_ text: String) throws {
    try text.write(toFile: path("home/.config/ssh-recipes/repositories.lock"), atomically: false, encoding: .utf8)
  }

  /// The message of the error that a body throws.
  static func message(_ body: () async throws -> Void) async -> String {
    do {
      try await body()
      return "nothing was thrown"
    } catch { return "\(error)" }
  }
}

extension RepositoryContents {
  /// Files as text, by path.
  var texts: [String: String] { files.mapValues { String(decoding: $0, as: UTF8.self) } }
}
