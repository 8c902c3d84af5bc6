import Foundation
import Testing

@testable import Contract
@testable import Formats
@testable import Sharing

@Suite("consent is given to contents")
struct ConsentTests {
  private static func request(
    _ files: [String: String] = ["close.lua": "one"], needs: Set<Permission> = [.files], name: String = "tools/close",
    signature: ConsentRequest.Signature = .unsigned
  ) -> ConsentRequest {
    let contents = RecipeContents(recipe: "close.lua", in: files.mapValues { Array($0.utf8) })
    return ConsentRequest(
      name: name, url: "https://example.org/recipes.git", commit: "0123456789abcdef0123",
      author: "Ada <ada@example.org>",
      signature: signature, needs: needs, contents: contents)
  }

  @Test("the user is asked once, and again after a change")
  func once() async throws {
    try await Scene.with { scene in
      let store = ConsentStore(folder: scene.path("state/consents"))
      #expect(store.verdict(on: Self.request()) == .first)
      try store.grant(Self.request())
      #expect(store.verdict(on: Self.request()) == .granted)
      #expect(store.verdict(on: Self.request(name: "tools/open")) == .first)
      #expect(store.verdict(on: Self.request(name: "renamed/close")) == .granted)
      let second = Self.request(["close.lua": "require 'm'", "m.lua": ""], needs: [.files, .root])
      let change = ConsentStore.Change(gained: [.root], files: ["close.lua", "m.lua"])
      #expect(store.verdict(on: second) == .changed(change))
      try store.grant(second)
      #expect(store.verdict(on: second) == .granted)
      #expect(
        store.verdict(on: Self.request()) == .changed(.init(gained: [], files: ["close.lua", "m.lua"])))
    }
  }

  @Test("the user is asked again if the same content requests more permissions")
  func more() async throws {
    try await Scene.with { scene in
      let store = ConsentStore(folder: scene.path("consents"))
      try store.grant(Self.request(needs: [.files]))
      #expect(store.verdict(on: Self.request(needs: [])) == .granted)
      #expect(store.verdict(on: Self.request(needs: [.files])) == .granted)
      let more = Self.request(needs: [.files, .run])
      let change = ConsentStore.Change(gained: [.run], files: [])
      #expect(store.verdict(on: more) == .changed(change))
      #expect(store.verdict(on: Self.request(needs: [.root])) == .changed(.init(gained: [.root], files: [])))
      #expect(
        ConsentText.lines(more, .changed(change)).first == """
          "tools/close" is a third-party recipe that requests more permissions than when you agreed to it, with \
          the same files.
          """)
      try store.grant(more)
      #expect(store.verdict(on: more) == .granted)
    }
  }

  @Test("consents are private to the user")
  func modes() async throws {
    try await Scene.with { scene in
      let store = ConsentStore(folder: scene.path("consents"))
      try FileManager.default.createDirectory(
        atPath: scene.path("consents"), withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
      try store.grant(Self.request())
      #expect(scene.mode("consents") == 0o700)
      let files = try FileManager.default.contentsOfDirectory(atPath: scene.path("consents"))
      #expect(files.count == 1)
      #expect(scene.mode("consents/\(files.first ?? "")") == 0o600)
    }
  }

  @Test("a damaged record does not count")
  func damaged() async throws {
    try await Scene.with { scene in
      let store = ConsentStore(folder: scene.path("consents"))
      try store.grant(Self.request())
      let name = try #require(try FileManager.default.contentsOfDirectory(atPath: scene.path("consents")).first)
      for text in ["", "content", "\n\n", "x \(Self.request().contents.digest)\n"] {
        try text.write(toFile: scene.path("consents/\(name)"), atomically: false, encoding: .utf8)
        #expect(store.verdict(on: Self.request()) == .first)
      }
    }
  }

  @Test("the first time, the text names author, source and permissions")
  func first() {
    let text = ConsentText.lines(Self.request(needs: [.files, .logs, .root]), .first).joined(separator: "\n")
    #expect(
      text == """
        "tools/close" is a third-party recipe that has not run here before.
          from       https://example.org/recipes.git, commit 0123456789ab
          author     Ada <ada@example.org> (according to the commit)
          signature  none: anyone with write access to that address can change it
          read it    ssh-recipes show --source tools/close
        On the hosts that you name and on this computer, it may:
          read and change any file that the account may, also outside its home  (!)
          read the SSH server's log
          act as root  (!)
        """)
    #expect(ConsentText.lines(Self.request(), .granted) == [])
  }

  @Test("after a change, the text names added permissions and changed files")
  func changed() throws {
    let key = try PublicKey(TestKeys.ed25519)
    let request = Self.request(
      ["close.lua": "", "platforms/p.lua": ""], needs: [.run, .ssh],
      signature: .known(Signer(identity: "ada@example.org", key: key)))
    let change = ConsentStore.Change(gained: [.run], files: ["close.lua", "lib/m.lua"])
    #expect(
      ConsentText.lines(request, .changed(change)).joined(separator: "\n") == """
        "tools/close" is a third-party recipe that has changed since you agreed to it.
          from       https://example.org/recipes.git, commit 0123456789ab
          author     Ada <ada@example.org> (according to the commit)
          signature  by ada@example.org, \(key.fingerprint), whom you named or pinned
          read it    ssh-recipes show --source tools/close
          changed    close.lua, lib/m.lua
        It may now also:
          run any command  (!)
        And, as before:
          change the configuration of the SSH server, which can make it run commands as root, and restart it  (!)
          run its own commands as root to restart the SSH server and read its log  (!)
        """)
    let same = ConsentText.lines(Self.request(needs: []), .changed(.init(gained: [], files: [])))
    #expect(
      same.suffix(2) == [
        "It requests no new permissions. On the hosts that you name and on this computer, it may:",
        "  only print messages and ask questions",
      ])
  }
}
