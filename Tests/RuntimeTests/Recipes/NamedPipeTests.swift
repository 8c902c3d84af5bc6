import Foundation
import SystemPackage
import Testing

@testable import Contract
@testable import Hosts
@testable import Inventory
@testable import Primitives
@testable import Recipes
@testable import Runs

/// A named pipe in the place of a file has no writer, and a reader would wait forever.
@Suite(.timeLimit(.minutes(1))) final class NamedPipeTests {
  let root = NSTemporaryDirectory() + "named-pipe-" + UUID().uuidString

  deinit { try? FileManager.default.removeItem(atPath: root) }

  private func pipe(_ path: String) throws -> String {
    let path = root + "/" + path
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    #expect(mkfifo(path, 0o600) == 0)
    return path
  }

  private static let reason = "it is a named pipe; expected a file"

  @Test func `a recipe that is a named pipe is told so`() throws {
    let path = try pipe("recipes/pair.lua")
    let places = RecipePlaces(folders: [root + "/recipes"], environment: [:], executable: nil)
    let error = RecipeNotFound.unreadable(path: path, reason: Self.reason)
    #expect(throws: error) { try RecipeFinder(places: places).find("pair") }
    #expect(throws: error) { try RecipeFinder(places: places).list() }
    #expect(throws: error) { try RecipeFinder(places: places).find(path) }
  }

  @Test func `a primitive, and a module of primitives, that is a named pipe is told so`() async throws {
    let path = try pipe("primitives/motd.lua")
    let layer = PrimitiveLayer(folder: root + "/primitives", .user)
    await #expect(throws: PrimitiveError(file: path, .unreadable(Self.reason))) {
      try await PrimitiveLibrary.load([layer], besides: .builtIn)
    }
    _ = try pipe("primitives/lib/words.lua")
    #expect(throws: LocalFiles.NotAFile(kind: "a named pipe")) { try layer.contents("lib/words.lua") }
  }

  @Test func `a platform that is a named pipe is told so`() async throws {
    let path = try pipe("platforms/nas.lua")
    await #expect(throws: PlatformError(file: path, .unreadable(Self.reason))) {
      try await PlatformLibrary.load([root + "/platforms"])
    }
  }

  @Test(arguments: ["hosts", "hosts.lua", "hosts.yml"])
  func `an inventory that is a named pipe is told so`(name: String) async throws {
    let path = try pipe(name)
    await #expect(throws: InventoryError(path, .unreadable(Self.reason))) {
      try await InventorySource.read([InventorySource(path)])
    }
  }

  @Test func `a journal that is a named pipe is no run`() throws {
    _ = try pipe("journals/20261129-1.jsonl")
    #expect(History(folder: root + "/journals").runs() == [])
  }

  @Test func `a configuration of ssh that is a named pipe is empty`() throws {
    #expect(LocalFile.read(try pipe("config")) == [])
  }

  @Test func `a device and a folder are no files either`() throws {
    #expect(throws: LocalFiles.NotAFile(kind: "a device")) { try LocalFiles.contents(of: "/dev/zero", limit: 1) }
    #expect(throws: Errno.isDirectory) { try LocalFiles.contents(of: "/", limit: 1) }
  }
}
