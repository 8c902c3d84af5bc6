import Foundation
import Testing

/// What the compiler does not hold of the structure that docs/architecture.md draws.
@Suite struct StructureTests {
  static let runtime = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources/Runtime")

  static func sources() throws -> [(path: String, text: String)] {
    let paths = try #require(FileManager.default.subpaths(atPath: runtime.path)).filter { $0.hasSuffix(".swift") }
    return try paths.map { ($0, try String(contentsOf: runtime.appending(path: $0), encoding: .utf8)) }
  }

  @Test func `only the floor Lua imports CLua`() throws {
    let importers = try Self.sources().filter { $0.text.contains("import CLua") }.map { $0.path.lowercased() }
    #expect(!importers.isEmpty)
    #expect(importers.filter { !$0.hasPrefix("lua/") } == [])
  }

  @Test func `no file is longer than 400 lines`() throws {
    let long = try Self.sources().filter { $0.text.count(where: \.isNewline) > 400 }.map(\.path)
    #expect(long == [])
  }
}
