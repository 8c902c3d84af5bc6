import Foundation
import Testing

@testable import Runtime

@Suite struct ConsentStoreTests {
  static let source = "https://example.org/recipes.git close_home"

  @Test func `a content is asked about once, and again when it has changed`() async throws {
    try await Scene.with { scene in
      let store = ConsentStore(folder: scene.path("state/consents"))
      let first = ConsentStore.digest(of: Array("one".utf8), modules: [:])
      #expect(store.verdict(on: Self.source, digest: first, needs: [.files]) == .first)
      try store.grant(Self.source, digest: first, needs: [.files])
      #expect(store.verdict(on: Self.source, digest: first, needs: [.files]) == .granted)
      #expect(store.verdict(on: "another", digest: first, needs: [.files]) == .first)
      let second = ConsentStore.digest(of: Array("two".utf8), modules: [:])
      #expect(
        store.verdict(on: Self.source, digest: second, needs: [.files, .root]) == .changed(gained: [.root]))
      try store.grant(Self.source, digest: second, needs: [.files, .root])
      #expect(store.verdict(on: Self.source, digest: second, needs: [.files, .root]) == .granted)
      #expect(store.verdict(on: Self.source, digest: first, needs: [.files]) == .changed(gained: []))
    }
  }

  @Test func `consents are the person's alone`() async throws {
    try await Scene.with { scene in
      let store = ConsentStore(folder: scene.path("consents"))
      try FileManager.default.createDirectory(
        atPath: scene.path("consents"), withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
      try store.grant(Self.source, digest: "d", needs: [])
      #expect(scene.mode("consents") == 0o700)
      let files = try FileManager.default.contentsOfDirectory(atPath: scene.path("consents"))
      #expect(files.count == 1)
      #expect(scene.mode("consents/\(files.first ?? "")") == 0o600)
    }
  }

  @Test func `a module counts by its name and its text, and cannot pass for a part of the recipe`() {
    let digests: [String] = [
      ConsentStore.digest(of: [1, 2], modules: [:]),
      ConsentStore.digest(of: [1, 2], modules: ["a": []]),
      ConsentStore.digest(of: [1], modules: ["a": [2]]),
      ConsentStore.digest(of: [1], modules: ["b": [2]]),
      ConsentStore.digest(of: [1], modules: ["a": [], "b": [2]]),
      ConsentStore.digest(of: [1] + Array("module 1 a 1\n".utf8) + [2], modules: [:]),
    ]
    #expect(Set(digests).count == digests.count)
  }

  @Test func `the question says what it may do, or what it gained`() {
    let first = ConsentStore.Verdict.first.question(name: "close", source: "example.org", needs: [.files, .root])
    #expect(
      first?.text == """
        The recipe "close" came from example.org. It wants to
          read and change files of the account it logs in to
          act as root  (!)
        Run it?
        """)
    #expect(first?.defaultAnswer == "no")
    let changed = ConsentStore.Verdict.changed(gained: [.run])
      .question(name: "close", source: "example.org", needs: [.files, .run])
    #expect(
      changed?.text == """
        The recipe "close" from example.org has changed since you agreed to it. It now also wants to
          run any command  (!)
        Run it?
        """)
    #expect(ConsentStore.Verdict.granted.question(name: "close", source: "example.org", needs: [.run]) == nil)
  }
}
