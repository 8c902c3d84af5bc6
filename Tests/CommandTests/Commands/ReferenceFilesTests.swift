import Foundation
import Testing

@testable import ssh_recipes

@Suite("Files that are made from declarations")
struct ReferenceFilesTests {
  private static let docs = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs")

  @Test(
    "are committed as they are made now; `make reference` writes them anew",
    arguments: try await ReferenceCommand.files().map(\.path))
  func committed(path: String) async throws {
    let made = try await ReferenceCommand.files().first { $0.path == path }?.text
    let committed = try String(contentsOf: Self.docs.appending(path: path), encoding: .utf8)
    // Without the two texts, which would bury the advice.
    if made != committed {
      Issue.record("docs/\(path) is not up to date: run `make reference` and commit what it writes")
    }
  }
}
