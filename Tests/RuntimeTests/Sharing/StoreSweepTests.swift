import Foundation
import Testing

@testable import Sharing

/// A project may be cloned with links, and every command that changes repositories removes unneeded files inside.
@Suite("removal from stores")
struct StoreSweepTests {
  private static let digits = String(repeating: "ab", count: 32)
  private static let emptyLock = LockFile().text

  private static func files(_ scene: SharingScene, _ folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: scene.path(folder)).sorted()
  }

  /// Folders of other programs that look like those of this program, including the record.
  private static func makeVictim(_ scene: SharingScene) throws {
    let locked = LockedRepository(
      name: "overlay2", url: "/x", ref: "HEAD", commit: String(repeating: "1", count: 40),
      contentHash: "sha256:\(digits)")
    try scene.write("victim/overlay2/\(digits)/diff/file", "precious")
    try scene.write("victim/overlay2/\(digits).0123456789ab.lock", locked.lockText)
    try scene.write("victim/overlay2/previous.0123456789ab", "precious")
  }

  @Test("nothing is removed through a link at the store, or at a repository inside", arguments: ["", "/overlay2"])
  func links(below: String) async throws {
    try await SharingScene.with { scene in
      try Self.makeVictim(scene)
      let before = try Self.files(scene, "victim")
      try scene.write("project/repositories.lock", Self.emptyLock)
      if !below.isEmpty { try scene.write("project/repositories/other", "") }
      try FileManager.default.createSymbolicLink(
        atPath: scene.path("project/repositories\(below)"), withDestinationPath: scene.path("victim\(below)"))
      _ = try await scene.session(folders: ["project"])
      #expect(try Self.files(scene, "victim") == before)
      try await scene.commit(["recipes/a.lua": SharingScene.recipe])
      let message = await SharingScene.message { try await scene.add(name: "overlay2", folders: ["project"]) }
      #expect(
        message
          == "\"\(scene.path("project/repositories\(below)"))\" is a symbolic link; ssh-recipes writes and removes "
          + "nothing through links"
      )
      #expect(try Self.files(scene, "victim") == before)
    }
  }

  @Test("a folder is removed only next to its record, and never in place of a file")
  func records() async throws {
    try await SharingScene.with { scene in
      try scene.write("project/repositories.lock", Self.emptyLock)
      let other = String(repeating: "cd", count: 32)
      let theirs = ["acme/\(other)/file", "acme/\(other).0123456789ab.lock/file", "acme/previous.0123456789ab/file"]
      for path in theirs { try scene.write("project/repositories/\(path)", "precious") }
      let contents = RepositoryContents(files: ["recipes/a.lua": Array(SharingScene.recipe.utf8)])
      let locked = LockedRepository(
        name: "acme", url: "/x", ref: "HEAD", commit: String(repeating: "1", count: 40),
        contentHash: contents.contentHash)
      let store = RepositoryStore(folder: scene.path("project/repositories"))
      try store.put(contents, as: locked)
      try scene.write("project/repositories/acme/\(locked.contentHash.dropFirst(7)).new-17/recipes/half.lua", "")
      #expect(try store.load(locked) == contents)
      _ = try await scene.session(folders: ["project"])
      let files = try Self.files(scene, "project/repositories").filter { $0.hasSuffix("/file") || $0.contains("lua") }
      #expect(files == theirs.sorted())
    }
  }

  @Test("nothing is removed without a lock file, and nothing that another lock file may name")
  func otherLockFile() async throws {
    try await SharingScene.with { scene in
      try await scene.commit(["recipes/a.lua": SharingScene.recipe])
      try await scene.commit(["recipes/b.lua": SharingScene.recipe], to: "zoo")
      try await scene.add()
      let elsewhere = Repositories(
        places: RepositoryPlaces(
          folders: [], environment: ["HOME": scene.path("home"), "XDG_CONFIG_HOME": scene.path("config")]))
      let git = Git(environment: SharingScene.environment)
      for name in ["zoo", "zoo2"] {
        let session = try await RepositorySession(elsewhere, version: "0.1.0", git: git)
        _ = try await session.add(RepositoryURL(pinned: scene.path("zoo")), name: name, ref: .head)
        #expect(try scene.load().texts.keys.sorted() == ["recipes/a.lua"])
      }
    }
  }
}
