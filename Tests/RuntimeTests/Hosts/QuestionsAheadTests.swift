import Foundation
import Testing

@testable import Hosts

@Suite struct QuestionsAheadTests {
  @Test func `a question that is asked ahead is not asked again`() async throws {
    try await Self.withConfiguration("echo x >>FOLDER/runs") { options, folder in
      let ahead = QuestionsAhead(options)
      ahead.ask(for: Target(host: "box"), options)
      #expect(await options.configs.config(of: Target(host: "box"), options)["user"] == "me")
      await ahead.end()
      let runs = try String(contentsOfFile: folder + "/runs", encoding: .utf8)
      #expect(runs == "x\n")
    }
  }

  @Test func `at the end, a question without an answer is given up`() async throws {
    try await Self.withConfiguration("echo $PPID >FOLDER/ssh; sleep 600") { options, folder in
      let ahead = QuestionsAhead(options)
      ahead.ask(for: Target(host: "box"), options)
      var process: Int32?
      for _ in 0..<3000 where process == nil {
        let text = try? String(contentsOfFile: folder + "/ssh", encoding: .utf8)
        process = text.flatMap { Int32($0.trimmingCharacters(in: .newlines)) }
        try await Task.sleep(for: .milliseconds(10))
      }
      let clock = ContinuousClock()
      let start = clock.now
      await ahead.end()
      #expect(clock.now - start < .seconds(300))
      let asked = try #require(process)
      #expect(!FileSystem.isAlive(asked))
    }
  }

  private static func withConfiguration(
    _ command: String, _ body: (OpenSSHOptions, _ folder: String) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "ahead-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let text = "Match exec \"\(command.replacing("FOLDER", with: folder))\"\n User me\n"
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/config"))
    var options = OpenSSHOptions()
    options.configFile = folder + "/config"
    try await body(options, folder)
  }
}
