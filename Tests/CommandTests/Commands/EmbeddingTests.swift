import Foundation
import Testing

/// The first program of docs/embedding.md, which imports `RecipeRuntime` alone.
@Suite struct EmbeddingTests {
  @Test func `a recipe calls a primitive of the embedding program, and the change can be undone`() throws {
    try Program.with { program in
      let greeting = program.home.appending(path: "greeting")
      let first = try program.run(program: "embedding-greeting", greeting.path)
      #expect(first == .init(status: 0, output: "here: \(greeting.path): good morning\napplied\n", complaints: ""))
      #expect(try String(contentsOf: greeting, encoding: .utf8) == "good morning\n")

      let second = try program.run(program: "embedding-greeting", greeting.path)
      #expect(
        second
          == .init(
            status: 0, output: "here: \(greeting.path) has the greeting already\nunchanged\n", complaints: ""))

      let undo = try program.run("undo")
      #expect(undo.status == 0, "\(undo)")
      #expect(!FileManager.default.fileExists(atPath: greeting.path))
    }
  }
}
