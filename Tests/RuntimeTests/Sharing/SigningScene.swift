import Foundation
import Subprocess
import SystemPackage
import Testing

@testable import Sharing

/// A folder with keys, for the real `ssh-keygen` and `git`.
struct SigningScene: Sendable {
  let scene: Scene

  static let contents = RepositoryContents(files: [
    "recipes/close.lua": Array("recipe {}\n".utf8), "repository.lua": Array("repository {}\n".utf8),
  ])

  static func with<T: Sendable>(_ body: @Sendable (SigningScene) async throws -> T) async throws -> T {
    try await Scene.with { scene in
      let signing = SigningScene(scene: scene)
      for name in ["ada", "bob"] {
        try await signing.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "\(name)@example.org", "-f", name)
      }
      return try await body(signing)
    }
  }

  @discardableResult
  func run(_ program: String, _ arguments: String...) async throws -> [UInt8] {
    let nobody: [(Environment.Key, String?)] = [
      ("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1"), ("HOME", scene.folder),
    ]
    let result = try await Subprocess.run(
      .name(program), arguments: Arguments(arguments), environment: .inherit.updating(Dictionary(nobody) { $1 }),
      workingDirectory: FilePath(scene.folder), output: .bytes(limit: 1 << 20), error: .string(limit: 1 << 20))
    try #require(result.terminationStatus.isSuccess, "\(program) \(arguments): \(result.standardError)")
    return result.standardOutput
  }

  func signer(_ name: String) throws -> Signer {
    try #require(try SignerFile.read(scene.path("\(name).pub")).first)
  }

  func fingerprint(_ name: String) throws -> String { try signer(name).fingerprint }

  /// The contents with a signature file.
  func signed(
    by name: String, _ contents: RepositoryContents = contents, namespace: String = "ssh-recipes"
  ) async throws -> RepositoryContents {
    try ContentManifest(contents).text.write(toFile: scene.path("data"), atomically: false, encoding: .utf8)
    try? FileManager.default.removeItem(atPath: scene.path("data.sig"))
    try await run("ssh-keygen", "-Y", "sign", "-f", name, "-n", namespace, "data")
    var signed = contents
    signed.attachments["recipes.sig"] = Array(try Data(contentsOf: URL(fileURLWithPath: scene.path("data.sig"))))
    return signed
  }

  /// A repository with signed last commit and tag `v1`, each by one key; `nil` leaves it unsigned.
  func evidence(
    commitBy: String?, tagBy: String?, ref: String = "v1", format: String = "sha1"
  ) async throws -> SignatureEvidence {
    try await run("git", "init", "-q", "--object-format=\(format)", "repo")
    let base = ["-C", "repo", "-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "gpg.format=ssh"]
    func git(_ key: String?, _ arguments: [String], _ sign: String) async throws {
      let signing = key.map { ["-c", "user.signingkey=\(scene.path($0))"] } ?? []
      try await gitRun(base + signing + arguments + (key == nil ? [] : [sign]))
    }
    try await git(commitBy, ["commit", "-q", "--allow-empty", "-m", "One\n\n-----BEGIN SSH SIGNATURE-----\nno"], "-S")
    if let tagBy { try await git(tagBy, ["tag", "v1", "-m", "Version one"], "-s") }
    let commit = try await run("git", "-C", "repo", "cat-file", "commit", "HEAD")
    let tag = tagBy == nil ? nil : try await run("git", "-C", "repo", "cat-file", "tag", "v1")
    return SignatureEvidence(contents: Self.contents, commit: commit, tag: tag, ref: ref)
  }

  private func gitRun(_ arguments: [String]) async throws {
    let result = try await Subprocess.run(
      .name("git"), arguments: Arguments(arguments),
      environment: .inherit.updating(["GIT_CONFIG_GLOBAL": "/dev/null", "HOME": scene.folder]),
      workingDirectory: FilePath(scene.folder), output: .discarded, error: .string(limit: 1 << 20))
    try #require(result.terminationStatus.isSuccess, "git \(arguments): \(result.standardError)")
  }

  /// The signer, or the error, as text.
  static func outcome(_ evidence: SignatureEvidence, _ demand: SignatureDemand = .init()) async -> String {
    do throws(RepositoryProblem) {
      let verdict = try await Signatures.verify(evidence, demand)
      guard let signer = verdict.signer else { return "nobody" }
      return verdict.isDemanded ? "known: \(signer.shown)" : "unknown: \(signer.shown)"
    } catch { return error.description }
  }

  static func outcome(_ contents: RepositoryContents, _ demand: SignatureDemand = .init()) async -> String {
    await outcome(SignatureEvidence(contents: contents), demand)
  }
}
