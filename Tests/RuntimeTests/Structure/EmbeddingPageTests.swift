import Foundation
import Testing

/// Holds docs/embedding.md to programs that are built and run: `EmbeddingTests` and `EmbeddedLoginTests`.
@Suite struct EmbeddingPageTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test func `the page shows the programs as they are built`() throws {
    let page = try String(contentsOf: Self.root.appending(path: "docs/embedding.md"), encoding: .utf8)
    let folder = Self.root.appending(path: "Tests/Embedding")
    let programs = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(programs == ["Greeting", "Login"])
    for program in programs {
      let text = try String(contentsOf: folder.appending(path: "\(program)/main.swift"), encoding: .utf8)
      #expect(page.contains("```swift\n\(text)```\n"), "\(program)")
    }
  }
}
