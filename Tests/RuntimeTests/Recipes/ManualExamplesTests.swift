import Foundation
import Testing

@testable import Contract
@testable import Hosts
@testable import Lua
@testable import Recipes

@Suite("the examples in docs/writing-recipes.md")
struct ManualExamplesTests {
  /// The manual's blocks of Lua.
  static let examples: [String] = {
    let root = #filePath.components(separatedBy: "/Tests/")[0]
    guard let text = try? String(contentsOfFile: root + "/docs/writing-recipes.md", encoding: .utf8) else { return [] }
    return text.components(separatedBy: "```lua\n").dropFirst().map { $0.components(separatedBy: "\n```")[0] }
  }()

  @Test("the recipe is valid, and its settings are as in the manual")
  func recipe() async throws {
    let source = try #require(Self.examples.first { $0.contains("recipe {") })
    let machine = try LuaMachine(name: "manual")
    let file = RecipeFile(
      name: "quiet_login", path: "/nowhere/quiet_login.lua", bytes: Array(source.utf8), origin: .path)
    let header = try await RecipeReader.read(file, in: machine).header
    #expect(header.usage == "ssh-recipes run quiet_login HOST")
    #expect(header.needs == [.files, .root])
    let problem = #expect(throws: SettingError.self) {
      try RecipeSettings(["account=everbody"], for: header.parameters)
    }
    let text = try String(
      contentsOfFile: #filePath.components(separatedBy: "/Tests/")[0] + "/docs/writing-recipes.md", encoding: .utf8)
    #expect(text.contains(try #require(problem).description))
    let wrong = RecipeFile(
      name: file.name, path: file.path, bytes: Array(source.replacing("summary", with: "sumary").utf8), origin: .path)
    let other = try LuaMachine(name: "manual")
    let error = await #expect(throws: RecipeError.self) { try await RecipeReader.read(wrong, in: other) }
    #expect(text.contains(try #require(error).description))
    await machine.close()
    await other.close()
  }

  @Test("the platform inherits from a bundled platform")
  func platform() async throws {
    let source = try #require(Self.examples.first { $0.contains("platform {") })
    let folder = NSTemporaryDirectory() + "manual-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data(source.utf8).write(to: URL(fileURLWithPath: folder + "/my_router.lua"))
    let platforms = try await PlatformLibrary.load([PlatformLibraryTests.bundled, folder])
    let router = try #require(platforms.first)
    #expect(router.name == "my_router")
    #expect(router.rootAuthorizedKeys == "/etc/dropbear/authorized_keys")
  }

  @Test("every other block is valid Lua")
  func syntax() async throws {
    let machine = try LuaMachine(name: "manual")
    for example in Self.examples {
      _ = try await machine.load(Array(example.replacing("  …\n", with: "").utf8), name: "example")
    }
    await machine.close()
    #expect(Self.examples.count == 4)
  }

  @Test("every permission is listed with its meaning")
  func permissions() throws {
    let path = #filePath.components(separatedBy: "/Tests/")[0] + "/docs/writing-recipes.md"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    for permission in Permission.allCases {
      #expect(text.contains("| `\(permission.rawValue)` | \(permission.meaning) |"))
    }
  }
}
