import Foundation
import Testing

@testable import ssh_recipes

@Suite("Repositories of somebody evil", .serialized)
struct HostileTests {
  /// Adds the repository and does what the case says: the whole text is as expected, and nothing but the program's own files
  /// is other than before.
  private func play(_ hostile: HostileCase, _ fixture: String) async throws {
    try await HostileStage.with { stage in
      try await stage.serve(hostile.tree(), author: hostile.author)
      let before = try stage.snapshot()
      var transcript = HostileTranscript()
      let added = try await stage.run(["repo", "add", stage.repository, "--name", "evil"])
      transcript.add(["repo", "add", "TOP/evil.git", "--name", "evil"], added)
      if !hostile.isTaken {
        #expect([1, 6].contains(added.status))
        #expect(try stage.kept() == [])
      }
      for step in hostile.steps {
        let words = step.split(separator: " ").map(String.init)
        transcript.add(words, try await stage.run(words))
      }
      let expected = try HostileTranscript.expected(hostile.name, in: fixture)
      #expect(transcript.text == expected)
      #expect(try stage.snapshot() == before)
    }
  }

  @Test("names, kinds, sizes and numbers of files", arguments: HostileCase.trees)
  func trees(_ hostile: HostileCase) async throws { try await play(hostile, "trees") }

  @Test("what files hold", arguments: HostileCase.texts)
  func texts(_ hostile: HostileCase) async throws { try await play(hostile, "texts") }

  @Test("what a repository does while it says what it is", arguments: HostileCase.declarations)
  func declarations(_ hostile: HostileCase) async throws { try await play(hostile, "declarations") }

  @Test("what recipes do while they are read", arguments: HostileCase.recipes)
  func recipes(_ hostile: HostileCase) async throws { try await play(hostile, "recipes") }

  private func refuse(_ arguments: [String], _ value: String, _ fixture: String) async throws {
    try await HostileStage.with { stage in
      try await stage.serve(HostileCase.with([]))
      let before = try stage.snapshot()
      let result = try await stage.run(
        ["repo", "add"] + arguments.map { $0 == "TOP/evil.git" ? stage.repository : $0 })
      var transcript = HostileTranscript()
      let shown = value.isEmpty ? "(empty)" : value.visible
      transcript.add(["repo", "add", "…"], result)
      let expected = try HostileTranscript.expected(shown, in: fixture)
      #expect(transcript.text == expected, "\(shown)")
      #expect([1, 64].contains(result.status))
      #expect(try stage.kept() == [])
      #expect(try stage.snapshot() == before)
    }
  }

  @Test("addresses that are none", arguments: HostileArguments.urls)
  func urls(url: String) async throws { try await refuse(["--", url], url, "urls") }

  @Test("refs that are none", arguments: HostileArguments.refs)
  func refs(ref: String) async throws { try await refuse(["TOP/evil.git", "--ref=\(ref)"], ref, "refs") }

  @Test("names that are none", arguments: HostileArguments.names)
  func names(name: String) async throws { try await refuse(["TOP/evil.git", "--name=\(name)"], name, "names") }
}
