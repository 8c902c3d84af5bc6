import Foundation
import Testing

@testable import Sharing
@testable import ssh_recipes

@Suite("Consent to what somebody else wrote", .serialized)
struct ConsentTests {
  /// A repository `evil` that was added, with these files.
  private func with(_ files: [(path: String, text: String)], _ body: (HostileStage) async throws -> Void) async throws {
    try await HostileStage.with { stage in
      try await stage.serve(.paths(files.map { (path: $0.path, node: .text($0.text)) }))
      let added = try await stage.run(["repo", "add", stage.repository, "--name", "evil"])
      #expect(added.status == 0, "\(added)")
      try await body(stage)
    }
  }

  private static func recipe(_ needs: String, _ body: String = "") -> String {
    "recipe { summary = \"One\", needs = { \(needs) }, run = function() \(body) note \"ran\" end }\n"
  }

  private func update(_ stage: HostileStage, _ files: [(path: String, text: String)]) async throws {
    let writer = GitWriter(stage: stage, folder: stage.repository)
    let before = try await stage.git(["--git-dir=\(stage.repository)", "rev-parse", "main"])
    try await writer.commit(
      try await writer.write(.paths(files.map { (path: $0.path, node: .text($0.text)) })), parent: before)
    let updated = try await stage.run(["repo", "update", "evil", "--trust"])
    #expect(updated.status == 0, "\(updated)")
  }

  @Test("nobody there and no --trust: one error, a status of its own; --trust agrees once and for all to this content")
  func unattended() async throws {
    try await with([("recipes/one.lua", Self.recipe("\"files\""))]) { stage in
      let refused = try await stage.run(["run", "evil/one"])
      #expect(
        refused
          == .init(
            status: 5, output: "",
            complaints: """
              error: "evil/one" is a third-party recipe and there is no terminal to confirm it on
                "evil/one" is a third-party recipe that has not run here before.
                  from       TOP/evil.git, commit COMMIT
                  author     Mallory <mallory@example.org> (according to the commit)
                  signature  none: anyone with write access to that address can change it
                  read it    ssh-recipes show --source evil/one
                On the hosts that you name and on this computer, it may:
                  read and change any file that the account may, also outside its home  (!)
                fix     read it, then run it with --trust

              """))
      let trusted = try await stage.run(["run", "evil/one", "--trust"])
      #expect(trusted.status == 0, "\(trusted)")
      let again = try await stage.run(["run", "evil/one"])
      #expect(again.status == 0, "\(again)")
      let plan = try await stage.run(["plan", "evil/one"])
      #expect(plan.status == 0, "\(plan)")
    }
  }

  /// The consents anywhere below a folder.
  private static func kept(_ folder: String) throws -> [String] {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.contains("consents/") }
    return paths.map { $0.replacing(/[0-9a-f]{64}/, with: "HASH") }
  }

  @Test("what was agreed to is kept in the person's state folder, and nowhere else") func place() async throws {
    try await with([("recipes/one.lua", Self.recipe("\"files\""))]) { stage in
      let trusted = try await stage.run(["run", "evil/one", "--trust"])
      #expect(trusted.status == 0, "\(trusted)")
      #expect(try Self.kept(stage.top.path) == ["home/.local/state/ssh-recipes/consents/HASH"])
      let elsewhere = stage.top.appending(path: "state").path
      let moved = ["XDG_STATE_HOME": elsewhere]
      #expect(try await stage.run(["run", "evil/one"], environment: moved).status == 5)
      #expect(try await stage.run(["run", "evil/one", "--trust"], environment: moved).status == 0)
      #expect(try Self.kept(elsewhere) == ["ssh-recipes/consents/HASH"])
    }
  }

  @Test("a change asks again and tells what was gained; a change of another recipe, and an undo, ask nobody")
  func changed() async throws {
    let one = (path: "recipes/one.lua", text: Self.recipe("\"files\""))
    let two = (path: "recipes/two.lua", text: Self.recipe(""))
    try await with([one, two]) { stage in
      #expect(try await stage.run(["run", "evil/one", "--trust"]).status == 0)
      try await update(stage, [one, (two.path, Self.recipe("\"run\""))])
      #expect(try await stage.run(["run", "evil/one"]).status == 0)
      let wider = (path: one.path, text: "require 'm'\n" + Self.recipe("\"files\", \"run\""))
      try await update(stage, [wider, two, ("recipes/m.lua", "return {}\n")])
      let refused = try await stage.run(["run", "evil/one"])
      #expect(
        refused
          == .init(
            status: 5, output: "",
            complaints: """
              error: "evil/one" is a third-party recipe and there is no terminal to confirm it on
                "evil/one" is a third-party recipe that has changed since you agreed to it.
                  from       TOP/evil.git, commit COMMIT
                  author     Mallory <mallory@example.org> (according to the commit)
                  signature  none: anyone with write access to that address can change it
                  read it    ssh-recipes show --source evil/one
                  changed    m.lua, one.lua
                It may now also:
                  run any command  (!)
                And, as before:
                  read and change any file that the account may, also outside its home  (!)
                fix     read it, then run it with --trust

              """))
      let back = try await stage.run(["repo", "update", "evil", "--undo", "--trust"])
      #expect(back.status == 0, "\(back)")
      #expect(try await stage.run(["run", "evil/one"]).status == 0)
    }
  }

  @Test("list, show and lint read the header without asking; show --source shows all that it can load")
  func reading() async throws {
    let files = [
      (path: "recipes/one.lua", text: "require 'lib.m'\n" + Self.recipe("\"run\"")),
      (path: "recipes/lib/m.lua", text: "\treturn {}\r\n"), (path: "recipes/other.lua", text: Self.recipe("")),
    ]
    try await with(files) { stage in
      for arguments in [["list"], ["show", "evil/one"], ["lint", "evil/one"]] {
        #expect(try await stage.run(arguments).status == 0)
      }
      let source = try await stage.run(["show", "--source", "evil/one"])
      #expect(
        source
          == .init(
            status: 0,
            output: "-- one.lua\nrequire 'lib.m'\n\(Self.recipe("\"run\""))\n-- lib/m.lua\n  return {}\n",
            complaints: ""))
    }
  }

  private static let twoFaced = """
    recipe {
      summary = "One", needs = here and { "run", "root" } or {},
      run = function() here:run "touch canary" end,
    }

    """
  private static let refusal = """
    error: the recipe declares different needs when run than when read
      step    PLACE
      cause   only what it said when it was read first was shown and agreed to, so nothing was sent
      fix     declare the same every time, whatever `here`, chance or an earlier reading say
    """

  @Test("a recipe that asks for more when it runs is shown and agreed to as it is read, and then does nothing")
  func twoFaced() async throws {
    try await with([("recipes/one.lua", Self.twoFaced)]) { stage in
      let shown = try await stage.run(["show", "evil/one"])
      #expect(shown.output.contains("\nPermissions: none\n"), "\(shown)")
      let asked = try await stage.run(["run", "evil/one"])
      #expect(asked.status == 5)
      #expect(
        asked.complaints.contains("this computer, it may:\n    only print messages and ask questions\n"), "\(asked)")
      for command in ["run", "plan"] {
        let done = try await stage.run([command, "evil/one", "--trust"])
        #expect(done.status == 1)
        let refusal = Self.refusal.replacing("PLACE", with: "evil/one.lua")
        #expect((done.output + done.complaints).contains(refusal), "\(done)")
      }
      #expect(!FileManager.default.fileExists(atPath: stage.home.appending(path: "canary").path))
    }
  }

  @Test("of one's own recipe, too, nothing runs that was not read") func ownTwoFaced() async throws {
    try await HostileStage.with { stage in
      let file = stage.top.appending(path: "home/mine.lua")
      try Self.twoFaced.write(to: file, atomically: false, encoding: .utf8)
      let done = try await stage.run(["run", "./mine.lua"])
      #expect(done.status == 1)
      #expect((done.output + done.complaints).contains(Self.refusal.replacing("PLACE", with: "mine.lua")), "\(done)")
    }
  }

  @Test("a recipe that throws dice for what it asks for never does more than was agreed to") func dice() async throws {
    let source = """
      recipe {
        summary = "One", needs = math.random(2) == 1 and { "run" } or {},
        run = function() pcall(function() here:run "touch canary" end) end,
      }

      """
    try await with([("recipes/one.lua", source)]) { stage in
      let contents = RepositoryContents(files: ["recipes/one.lua": Array(source.utf8)])
      let locked = LockedRepository(
        name: "evil", url: stage.repository, ref: "HEAD", commit: String(repeating: "1", count: 40),
        contentHash: contents.contentHash)
      let recipes = SharedRecipes(locked, contents, path: "/nowhere")
      let file = try #require(recipes.file("one"))
      let store = ConsentStore(folder: stage.home.appending(path: ".local/state/ssh-recipes/consents").path)
      try store.grant(ConsentRequest(recipes, name: "evil/one", author: nil, needs: [], contents: file.contents))
      var seen: Set<Int32> = []
      for _ in 0..<64 where seen.count < 3 {
        let done = try await stage.run(["run", "evil/one"])
        seen.insert(done.status)
        if done.status == 5 {
          #expect(done.complaints.contains("requests more permissions than when you agreed to it"), "\(done)")
        }
      }
      // Agreed to and run as agreed, agreed to and refused when it ran, and asked about again.
      #expect(seen == [0, 1, 5])
      #expect(!FileManager.default.fileExists(atPath: stage.home.appending(path: "canary").path))
    }
  }

  @Test("a file that is named by its path is one's own")
  func ownFile() async throws {
    try await HostileStage.with { stage in
      let file = stage.top.appending(path: "home/mine.lua")
      try Self.recipe("\"run\"", "here:run 'true'").write(to: file, atomically: false, encoding: .utf8)
      #expect(try await stage.run(["run", "./mine.lua"]).status == 0)
    }
  }

  @Test("a person who is asked agrees or not; --yes says nothing about it", arguments: ["y", "n", ""])
  func asked(answer: String) async throws {
    let home = FileManager.default.temporaryDirectory.appending(path: "consent-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: home) }
    let contents = RepositoryContents(files: ["recipes/one.lua": Array(Self.recipe("\"run\"").utf8)])
    let locked = LockedRepository(
      name: "acme", url: "https://example.org/\u{1B}[2Jx.git", ref: "HEAD", commit: String(repeating: "1", count: 40),
      contentHash: contents.contentHash)
    let recipes = SharedRecipes(locked, contents, path: "/nowhere")
    let repositories = Repositories(places: RepositoryPlaces(folders: [], environment: ["HOME": home]))
    let consent = SharedConsent(
      recipes: recipes, repositories: repositories, isTrusted: false, store: ConsentStore(folder: home + "/consents"))
    let conversation = ScriptedConversation(answer, "y")
    let person = TerminalPerson(ways: .init(saysYes: true), conversation: conversation, display: nil)
    let file = try #require(recipes.file("one"))
    var lines: [String] = []
    do { _ = try await consent.ask(file, person) } catch let failure as CommandFailure { lines = failure.lines }
    #expect(lines == (answer == "y" ? [] : ["error: you did not consent to \"acme/one\"; nothing was done"]))
    #expect(conversation.heard.contains("  from       https://example.org/\\x1b[2Jx.git, commit 111111111111"))
    #expect(conversation.heard.last == "Run it? [y/N] ")
  }
}
