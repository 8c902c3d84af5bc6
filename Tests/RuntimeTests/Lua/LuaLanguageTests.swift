import Foundation
import Testing

@testable import Lua

/// The language as in its reference manual, one file of assertions per chapter.
@Suite("Lua: the language") struct LuaLanguageTests {
  static let folder: URL = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Fixtures/lua/language").standardizedFileURL

  static let chapters: [String] =
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path()))?.filter { $0.hasSuffix(".lua") }
    .sorted() ?? []

  @Test("there is a file for each chapter") func complete() {
    #expect(
      Self.chapters.map { String($0.prefix(3)) } == [
        "2.4", "3.1", "3.2", "3.3", "3.4", "3.5", "6.1", "6.2", "6.3", "6.4", "6.5", "6.6", "6.7",
      ])
  }

  @Test("a chapter of the manual holds", arguments: LuaLanguageTests.chapters)
  func chapter(name: String) async throws {
    let machine = try LuaMachine(name: name)
    let modules = RecipeModules(folder: Self.folder.path())
    await machine.setModules { try modules.load($0) }
    let source = try Data(contentsOf: Self.folder.appending(path: name))
    let chunk = try await machine.load(Array(source), name: name)
    #expect(try await machine.call(chunk) == [])
  }
}
