import Foundation
import Testing

@testable import Diagnosis
@testable import Formats
@testable import Hosts
@testable import Primitives

@Suite struct LocalKeysTests {
  private final class Folder {
    let path = FileManager.default.temporaryDirectory.appending(path: "keys-\(UUID().uuidString)").path

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: path) }

    func make(_ name: String, _ options: [String], passphrase: String = "") throws {
      let make = Process()
      make.executableURL = URL(fileURLWithPath: "/usr/bin/ssh-keygen")
      make.arguments = ["-q", "-N", passphrase, "-C", "a comment", "-f", "\(path)/\(name)"] + options
      try make.run()
      make.waitUntilExit()
      try #require(make.terminationStatus == 0)
    }

    func edit(_ name: String, _ change: (Data) -> Data) throws {
      let url = URL(fileURLWithPath: "\(path)/\(name)")
      let mode = try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions]
      try change(Data(contentsOf: url)).write(to: url)
      try FileManager.default.setAttributes([.posixPermissions: mode ?? 0o600], ofItemAtPath: url.path)
    }

    /// The candidates that ssh-keygen finds, by name.
    func scripted() async throws -> [KeyCandidate] {
      let transport = LocalTransport(secrets: Nobody())
      let output = try await transport.run(KeySearch(folder: path, agents: []).script, as: .login)
      await transport.close()
      return KeySearch.parse(output.stdout).candidates
    }
  }

  @Test func `keys are seen as ssh-keygen sees them, with and without a passphrase`() async throws {
    let folder = try Folder()
    try folder.make("id_ed25519", ["-t", "ed25519"])
    try folder.make("id_rsa", ["-t", "rsa", "-b", "3072"])
    try folder.make("id_ecdsa", ["-t", "ecdsa", "-b", "521"])
    try folder.make("id_locked", ["-t", "ed25519"], passphrase: "secret")
    try folder.make("id_lockedrsa", ["-t", "rsa", "-b", "2048"], passphrase: "secret")
    let mine = try #require(LocalKeys.candidates(in: folder.path, only: nil))
    let reference = try await folder.scripted()
    #expect(mine.map(\.path) == reference.map(\.path))
    #expect(mine.map(\.isEncrypted) == reference.map(\.isEncrypted))
    #expect(mine.map(\.lockedFingerprint) == reference.map(\.lockedFingerprint))
    #expect(mine.map(\.derived?.blob) == reference.map(\.derived?.blob))
    #expect(mine.map(\.publicFile) == reference.map(\.publicFile))
    #expect(mine.map(\.status?.text) == reference.map(\.status?.text))
    #expect(try mine.map { try $0.judge(agent: []).get() } == reference.map { try $0.judge(agent: []).get() })
    #expect(LocalKeys.candidates(in: "", only: folder.path + "/id_rsa")?.map(\.path) == [folder.path + "/id_rsa"])
  }

  @Test func `whatever ssh-keygen did not leave like this is for ssh-keygen to judge`() throws {
    let changes: [(String, (Data) -> Data)] = [
      ("id_ed25519", { $0.dropLast(40) }),
      ("id_ed25519", { Data(String(decoding: $0, as: UTF8.self).replacing("\n", with: "\r\n").utf8) }),
      ("id_ed25519", { $0 + Data("\n".utf8) }),
      ("id_ed25519", { Data(String(decoding: $0, as: UTF8.self).replacing("AAAA", with: "AAA").utf8) }),
      ("id_ed25519", { _ in Data("text".utf8) }), ("id_ed25519.pub", { _ in Data() }),
      ("id_ed25519.pub", { _ in Data("ssh-ed25519 AAAA\n".utf8) }),
    ]
    for (name, change) in changes {
      let folder = try Folder()
      try folder.make("id_ed25519", ["-t", "ed25519"])
      #expect(LocalKeys.candidates(in: folder.path, only: nil)?.count == 1)
      try folder.edit(name, change)
      #expect(LocalKeys.candidates(in: folder.path, only: nil) == nil)
    }
    for alone in ["id_rsa", "id_rsa.pub"] {
      let folder = try Folder()
      try folder.make("id_rsa", ["-t", "rsa", "-m", "PEM"])
      #expect(LocalKeys.candidates(in: folder.path, only: nil) == nil)
      try FileManager.default.removeItem(atPath: folder.path + "/" + alone)
      #expect(LocalKeys.candidates(in: folder.path, only: nil) == nil)
    }
    let open = try Folder()
    try open.make("id_ed25519", ["-t", "ed25519"])
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: open.path + "/id_ed25519")
    #expect(LocalKeys.candidates(in: open.path, only: nil) == nil)
  }

  @Test func `a pair of two different keys is no pair`() async throws {
    let folder = try Folder()
    for name in ["id_ed25519", "other"] { try folder.make(name, ["-t", "ed25519"]) }
    let other = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/other.pub"))
    try folder.edit("id_ed25519.pub") { _ in other }
    let mine = LocalKeys.candidates(in: folder.path, only: nil)?.first?.judge(agent: [])
    let reference = try await folder.scripted().first?.judge(agent: [])
    #expect(mine == reference)
    guard case .failure? = mine else { return #expect(Bool(false), "\(String(describing: mine))") }
  }
}
