import Foundation
import Testing

/// Holds docs/guides.md to what it claims: every number of both guides is there, and the tests that it names exist.
@Suite struct GuidesPageTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Number, what we do, and the tests of each row of both tables.
  private static func rows() throws -> [(number: Int, done: String, tests: String)] {
    let page = try String(contentsOf: root.appending(path: "docs/guides.md"), encoding: .utf8)
    return page.split(separator: "\n").compactMap { line in
      let cells = line.components(separatedBy: " | ")
      guard cells.count == 4, let number = Int(cells[0].drop(while: { !$0.isNumber })) else { return nil }
      return (number, cells[2], cells[3].replacing(" |", with: ""))
    }
  }

  @Test func `every number of both guides has a row that says what is done`() throws {
    let rows = try Self.rows()
    #expect(rows.map(\.number) == Array(1...39) + Array(1...30))
    #expect(rows.allSatisfy { !$0.done.isEmpty })
  }

  @Test func `the tests that it names are there`() throws {
    let tests = Self.root.appending(path: "Tests")
    let paths = try #require(FileManager.default.subpaths(atPath: tests.path)).filter { $0.hasSuffix("Tests.swift") }
    let all = try paths.map { try String(contentsOf: tests.appending(path: $0), encoding: .utf8) }.joined()
    let named = try Self.rows().flatMap { $0.tests.components(separatedBy: "; ") }.filter { $0 != "–" }
    let missing = named.map { $0.replacing(/\ \(.*\)$/, with: "") }.filter { !all.contains($0) }
    #expect(missing == [])
    #expect(named.count > 60)
  }
}
