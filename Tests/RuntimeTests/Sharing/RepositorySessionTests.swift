import Foundation
import Testing

@testable import Contract
@testable import Recipes
@testable import Sharing

@Suite("adding, updating, undoing, installing, removing repositories")
struct RepositorySessionTests {
  @Test("only the files below recipes/ and repository.lua are added")
  func add() async throws {
    try await SharingScene.with { scene in
      let files = [
        "recipes/close.lua": SharingScene.recipe, "recipes/lib/x.lua": "return {}\n", "README.md": "Hello\n",
        "repository.lua": "repository { name = \"nas\", summary = \"Of Acme\" }\n", "src/evil.lua": "os.exit()\n",
      ]
      let commit = try await scene.commit(files)
      let added = try await scene.add()
      let kept = files.filter { $0.key.hasPrefix("recipes/") || $0.key == "repository.lua" }
      let hash = RepositoryContents(files: kept.mapValues { Array($0.utf8) }).contentHash
      #expect(
        added.recipes.repository
          == LockedRepository(
            name: "nas", url: scene.path("acme"), ref: "HEAD", commit: commit, contentHash: hash))
      #expect(added.declaration == RepositoryDeclaration(name: "nas", summary: "Of Acme"))
      #expect(try scene.load("nas").texts == kept)
      #expect(try scene.lock == LockFile([added.recipes.repository]).text)
      let stored = try FileManager.default.subpathsOfDirectory(atPath: added.recipes.path).sorted()
      #expect(stored == ["recipes", "recipes/close.lua", "recipes/lib", "recipes/lib/x.lua", "repository.lua"])
      let folder = try FileManager.default.attributesOfItem(atPath: added.recipes.path)[.posixPermissions] as? Int
      #expect(folder == 0o700)
    }
  }

  @Test(
    "a tag, a branch, a commit and the default branch lead to their commits",
    arguments: ["HEAD", "main", "refs/heads/main", "v1", "refs/tags/v1", "annotated", "old", "COMMIT"])
  func refs(ref: String) async throws {
    try await SharingScene.with { scene in
      let first = try await scene.commit(["recipes/one.lua": SharingScene.recipe], tag: "v1")
      try await scene.git("-C", "acme", "tag", "-m", "A tag", "annotated")
      try await scene.git("-C", "acme", "branch", "old")
      let second = try await scene.commit(["recipes/two.lua": SharingScene.recipe])
      let wanted = ref == "COMMIT" ? first : ref
      let added = try await scene.add(ref: wanted)
      let isLast = ["HEAD", "main", "refs/heads/main"].contains(ref)
      #expect(added.recipes.repository.commit == (isLast ? second : first))
      // A short name may become a tag or a branch later.
      let whole = [
        "main": "refs/heads/main", "v1": "refs/tags/v1", "annotated": "refs/tags/annotated", "old": "refs/heads/old",
      ]
      #expect(added.recipes.repository.ref == whole[ref] ?? wanted)
      #expect(added.recipes.names == [isLast ? "two" : "one"])
    }
  }

  @Test("a commit that no branch leads to is still fetched if the server provides it")
  func lostCommit() async throws {
    try await SharingScene.with { scene in
      let lost = try await scene.commit(["recipes/one.lua": SharingScene.recipe])
      try await scene.git("-C", "acme", "checkout", "-q", "--orphan", "fresh")
      try await scene.commit(["recipes/two.lua": SharingScene.recipe])
      try await scene.git("-C", "acme", "branch", "-q", "-D", "main")
      #expect(try await scene.add(ref: lost).recipes.names == ["one"])
    }
  }

  @Test(
    "a failed add is reported, and leaves nothing behind",
    arguments: [
      ("v2", nil, "URL has no tag or branch \"v2\"; did you mean \"v1\"?"),
      ("nowhere", nil, "URL has no tag or branch \"nowhere\"; the tags and branches are both, v1, both, main"),
      ("0123abc", nil, "URL has no tag or branch \"0123abc\"; for a commit, give the full hash"),
      ("both", nil, "URL has a tag and a branch \"both\"; use refs/tags/both or refs/heads/both"),
      (
        String(repeating: "12", count: 20), nil,
        "URL does not have the commit \(String(repeating: "12", count: 20)): no branch or tag leads to it, and the "
          + "server lacks it"
      ),
      (
        "main", "Big Name",
        "\"Big Name\" is not a valid name for a repository; expected at most 40 lower-case letters, digits, \"-\" and "
          + "\"_\", other than \"bundled\" and \"own\""
      ),
    ] as [(String, String?, String)])
  func refused(ref: String, name: String?, message: String) async throws {
    try await SharingScene.with { scene in
      try await scene.commit(["recipes/one.lua": SharingScene.recipe], tag: "v1")
      try await scene.git("-C", "acme", "tag", "both")
      try await scene.git("-C", "acme", "branch", "both")
      let said = await SharingScene.message { try await scene.add(name: name, ref: ref) }
      #expect(said == message.replacing("URL", with: scene.path("acme")))
      #expect(try scene.repositories().pinned() == [])
      #expect(!FileManager.default.fileExists(atPath: scene.path("home/.config/ssh-recipes/repositories.lock")))
    }
  }

  @Test(
    "a repository with an invalid description is refused",
    arguments: [
      (["README.md": "x"], "URL has no recipes: there is no file below recipes/ in commit COMMIT"),
      (
        ["repository.lua": "repository { name = \"bundled\" }"],
        "repository.lua:1: \"name\" of the repository: expected lower-case letters, digits, \"-\" and \"_\", got \"bundled\""
      ),
      (
        ["repository.lua": "repository { nmae = \"x\" }"],
        "repository.lua:1: the repository has no field \"nmae\"; did you mean \"name\"?"
      ),
      (
        ["repository.lua": "-- nothing"],
        "repository.lua: the file needs \"repository { … }\": the repository's name and summary"
      ),
      (
        ["repository.lua": "repository { needs_version = \"0.10\" }"],
        "the recipes of URL need ssh-recipes 0.10; this is 0.1.0"
      ),
      (
        ["repository.lua": "repository { needs_version = \"soon\" }"],
        "repository.lua:1: \"needs_version\" of the repository: expected a version such as \"0.1\", got \"\"soon\"\""
      ),
    ])
  func declaration(files: [String: String], message: String) async throws {
    try await SharingScene.with { scene in
      var files = files
      if files["README.md"] == nil { files["recipes/one.lua"] = SharingScene.recipe }
      let commit = try await scene.commit(files)
      let said = await SharingScene.message { try await scene.add() }
      let wanted = message.replacing("URL", with: scene.path("acme")).replacing("COMMIT", with: commit.prefix(12))
      #expect(said == wanted.replacing("\"\"soon\"\"", with: "\"soon\""))
      #expect(try scene.repositories().pinned() == [])
    }
  }

  @Test("an empty repository, a missing one, an added one, and a taken name are reported")
  func taken() async throws {
    try await SharingScene.with { scene in
      try await scene.git("init", "-q", "empty")
      #expect(
        await SharingScene.message { try await scene.add("empty") }
          == "\(scene.path("empty")) has no default branch; it may be empty. Use --ref to name a tag or branch")
      let gone = await SharingScene.message { try await scene.add("gone") }
      #expect(gone == "there is no folder \"\(scene.path("gone"))\"")
      try await scene.commit(["recipes/one.lua": SharingScene.recipe])
      try await scene.commit(["recipes/one.lua": SharingScene.recipe], to: "other")
      try await scene.add()
      let url = scene.path("acme")
      #expect(await SharingScene.message { try await scene.add() } == "\(url) is already added as \"acme\"")
      #expect(
        await SharingScene.message { try await scene.add("other", name: "acme") }
          == "there already is a repository \"acme\", from \(url); choose another name with --name")
      try await scene.add(name: "again")
      #expect(try scene.repositories().pinned().map(\.name) == ["acme", "again"])
    }
  }

  @Test("an update shows all changes, is made, undone, and made again")
  func update() async throws {
    try await SharingScene.with { scene in
      let first = try await scene.commit([
        "recipes/a.lua": SharingScene.recipe(
          needs: "\"files\"", params: "{ \"mode\", \"The mode\", default = \"700\" }"),
        "recipes/b.lua": SharingScene.recipe, "recipes/lib/x.lua": "return 1\n",
      ])
      try await scene.add()
      #expect(try await scene.update().isNothing)
      let second = try await scene.commit([
        "recipes/a.lua": SharingScene.recipe(
          needs: "\"run\", \"root\"", params: "{ \"mode\", \"The mode\", default = \"750\" }, { \"who\", \"Who\" }"),
        "recipes/c.lua": SharingScene.recipe, "recipes/lib/x.lua": "return 2\n",
      ])
      let update = try await scene.update()
      #expect(update.new.commit == second)
      #expect(update.needsTrust && update.oddities.isEmpty)
      #expect(update.difference.recipes.map(\.name) == ["a", "b", "c"])
      #expect(update.difference.recipes.map(\.gained) == [[.run, .root], [], []])
      #expect(update.difference.recipes.map(\.lost) == [[.files], [], []])
      #expect(update.difference.recipes.map(\.isThere.old) == [true, true, false])
      #expect(update.difference.recipes.map(\.isThere.new) == [true, false, true])
      #expect(update.difference.otherFiles == ["recipes/lib/x.lua"])
      let a = try #require(update.difference.recipes.first)
      #expect(
        ParameterChange.between(try #require(a.old).parameters, and: try #require(a.new).parameters).map(\.text) == [
          "~ mode  default: 700 -> default: 750", "+ who  Who (text; required)",
        ])
      #expect(
        update.difference.unified.contains(
          "--- recipes/lib/x.lua\n+++ recipes/lib/x.lua\n@@ -1,1 +1,1 @@\n-return 1\n+return 2\n"))
      // No change has been made yet.
      #expect(try scene.repositories().find("acme").repository.commit == first)
      try await scene.take(update)
      #expect(try scene.repositories().find("acme").repository.commit == second)
      #expect(try scene.load().texts["recipes/lib/x.lua"] == "return 2\n")
      for (commit, text) in [(first, "return 1\n"), (second, "return 2\n"), (first, "return 1\n")] {
        let now = try await scene.session().undoUpdate(try scene.repositories().find("acme"))
        #expect(now.commit == commit)
        #expect(try scene.load().texts["recipes/lib/x.lua"] == text)
      }
    }
  }

  @Test("a fixed recipe needs no second question; a platform does, since its commands run as root")
  func wider() async throws {
    try await SharingScene.with { scene in
      var files = ["recipes/a.lua": SharingScene.recipe]
      try await scene.commit(files)
      try await scene.add()
      files["recipes/a.lua"] = SharingScene.recipe("Close it better", needs: "\"files\"")
      try await scene.commit(files)
      let fixed = try await scene.update()
      #expect(!fixed.isNothing && !fixed.needsTrust)
      files["recipes/platforms/nas.lua"] = "platform { }\n"
      try await scene.commit(files)
      let platform = try await scene.update()
      #expect(platform.difference.changedPlatforms == ["recipes/platforms/nas.lua"])
      #expect(platform.needsTrust)
    }
  }

  @Test("a header taken from a module counts as the recipe's")
  func headerFromModule() async throws {
    try await SharingScene.with { scene in
      let recipe = "recipe { summary = \"x\", needs = require \"needs\", run = function() end }\n"
      try await scene.commit(["recipes/a.lua": recipe, "recipes/needs.lua": "return { \"files\" }\n"])
      try await scene.add()
      try await scene.commit(["recipes/a.lua": recipe, "recipes/needs.lua": "return { \"files\", \"root\" }\n"])
      let update = try await scene.update()
      #expect(update.difference.recipes.map(\.gained) == [[.root]])
      #expect(update.needsTrust)
    }
  }

  @Test("another tag is followed on request, and a moved tag is noticed")
  func tags() async throws {
    try await SharingScene.with { scene in
      let first = try await scene.commit(["recipes/a.lua": SharingScene.recipe], tag: "v1")
      try await scene.add(ref: "v1")
      let second = try await scene.commit(["recipes/b.lua": SharingScene.recipe], tag: "v2")
      #expect(try await scene.update().isNothing)
      let other = try await scene.update(ref: "v2")
      #expect(other.new.commit == second && other.oddities.isEmpty)
      try await scene.git("-C", "acme", "tag", "-f", "v1")
      #expect(try await scene.update().oddities == [.movedTag("v1", from: first, to: second)])
      #expect(try await scene.update(ref: "v1").oddities == [.movedTag("v1", from: first, to: second)])
    }
  }

  @Test("a branch that replaces a tag of the same name is not followed, and is reported if requested")
  func tagBecameBranch() async throws {
    try await SharingScene.with { scene in
      try await scene.commit(["recipes/a.lua": SharingScene.recipe], tag: "v1")
      try await scene.add(ref: "v1")
      let lock = try scene.lock
      try await scene.git("-C", "acme", "tag", "-d", "v1")
      try await scene.git("-C", "acme", "checkout", "-q", "-b", "v1")
      try await scene.commit(["recipes/b.lua": SharingScene.recipe])
      #expect(
        await SharingScene.message { _ = try await scene.update() }
          == "\(scene.path("acme")) has no tag \"v1\"; there is a branch of that name, which is not equivalent: "
          + "--ref refs/heads/v1 follows it")
      #expect(try await scene.update(ref: "v1").oddities == [.isBranch("v1", wasTag: true)])
      #expect(try await scene.update(ref: "refs/heads/v1").oddities == [])
      // An older lock file does not tell a tag from a branch.
      let old = try scene.repositories().find("acme")
      try scene.setLock(lock.replacing("refs/tags/v1", with: "v1"))
      var short = old.repository
      short.ref = "v1"
      try old.store.put(try old.store.load(old.repository), as: short)
      let update = try await scene.update()
      #expect(update.oddities == [.isBranch("v1", wasTag: false)])
      #expect(update.needsTrust)
      try await scene.take(update)
      #expect(try scene.repositories().find("acme").repository.ref == "refs/heads/v1")
    }
  }

  @Test("an older lock file with a short ref has no update if nothing has changed")
  func shortRef() async throws {
    try await SharingScene.with { scene in
      try await scene.commit(["recipes/a.lua": SharingScene.recipe])
      try await scene.add(ref: "main")
      let pinned = try scene.repositories().find("acme")
      var short = pinned.repository
      short.ref = "main"
      try pinned.store.put(try pinned.store.load(pinned.repository), as: short)
      try scene.setLock(LockFile([short]).text)
      #expect(try await scene.update().isNothing)
    }
  }

  @Test("an older commit is reported, even if another tag is requested")
  func older() async throws {
    try await SharingScene.with { scene in
      let first = try await scene.commit(["recipes/a.lua": SharingScene.recipe], tag: "v1")
      let second = try await scene.commit(["recipes/b.lua": SharingScene.recipe], tag: "v2")
      try await scene.add(ref: "v2")
      let update = try await scene.update(ref: "v1")
      #expect(update.oddities == [.older(from: second, to: first)])
      #expect(update.needsTrust)
    }
  }

  @Test("an update or undo that ends before the lock file is written leaves the earlier undo intact")
  func interrupted() async throws {
    try await SharingScene.with { scene in
      let first = try await scene.commit(["recipes/a.lua": SharingScene.recipe])
      try await scene.add()
      let second = try await scene.commit(["recipes/b.lua": SharingScene.recipe])
      try await scene.take(try await scene.update())
      try await scene.commit(["recipes/c.lua": SharingScene.recipe])
      // A lock file that cannot be written, as if the power had failed before.
      var update = try await scene.update()
      update.pinned.scope.lockFile = "/proc/nowhere/\(LockFile.name)"
      let half = update
      await #expect(throws: (any Error).self) { try await scene.take(half) }
      var pinned = try scene.repositories().find("acme")
      #expect(pinned.repository.commit == second)
      pinned.scope.lockFile = "/proc/nowhere/\(LockFile.name)"
      let stuck = pinned
      await #expect(throws: (any Error).self) { try await scene.session().undoUpdate(stuck) }
      let now = try await scene.session().undoUpdate(try scene.repositories().find("acme"))
      #expect(now.commit == first)
      #expect(try scene.load().texts.keys.sorted() == ["recipes/a.lua"])
    }
  }

  @Test("a rewritten branch is noticed, even the default branch")
  func rewritten() async throws {
    try await SharingScene.with { scene in
      let base = try await scene.commit(["recipes/a.lua": SharingScene.recipe])
      let first = try await scene.commit(["recipes/b.lua": SharingScene.recipe])
      try await scene.add()
      try await scene.add(name: "other", ref: "main")
      try await scene.git("-C", "acme", "reset", "-q", "--hard", base)
      let second = try await scene.commit(["recipes/c.lua": SharingScene.recipe])
      #expect(try await scene.update().oddities == [.rewritten("HEAD", from: first, to: second)])
      #expect(try await scene.update("other").oddities == [.rewritten("main", from: first, to: second)])
    }
  }

  @Test("another computer with only the lock file gets the same bytes, even if the branch has moved")
  func install() async throws {
    try await SharingScene.with { scene in
      try await scene.commit(["recipes/a.lua": SharingScene.recipe, "recipes/x.txt": "a\r\nb\0"])
      try await scene.add()
      try await scene.commit(["recipes/b.lua": SharingScene.recipe])
      try scene.write("second/.config/ssh-recipes/repositories.lock", try scene.lock)
      let pinned = try scene.repositories("second").find("acme")
      #expect(throws: AlteredRepository.self) { try scene.load(home: "second") }
      #expect(try await scene.session("second").install(pinned) == .fetched)
      #expect(try scene.load(home: "second") == scene.load())
      #expect(try await scene.session("second").install(pinned) == .wasThere)
      // Without the server: from an earlier fetch.
      try FileManager.default.removeItem(atPath: scene.path("acme"))
      try FileManager.default.removeItem(atPath: scene.path("second/.local"))
      #expect(try await scene.session("second").install(pinned) == .fromCache)
      #expect(try scene.load(home: "second") == scene.load())
    }
  }

  @Test("a project's folder contains lock file and contents, and is enough for a run")
  func project() async throws {
    try await SharingScene.with { scene in
      try await scene.commit(["recipes/a.lua": SharingScene.recipe])
      try await scene.add(folders: ["project"])
      #expect(try scene.repositories().pinned() == [])
      let names = try FileManager.default.contentsOfDirectory(atPath: scene.path("project")).sorted()
      #expect(names == ["repositories", "repositories.lock"])
      try FileManager.default.copyItem(atPath: scene.path("project"), toPath: scene.path("clone"))
      try FileManager.default.removeItem(atPath: scene.path("acme"))
      let clone = scene.repositories("nobody", folders: ["clone"])
      #expect(try clone.load(try clone.find("acme")).names == ["a"])
      let variable = RepositoryPlaces(folders: [], environment: ["SSH_RECIPES_PATH": scene.path("clone")])
      #expect(try Repositories(places: variable).pinned().map(\.name) == ["acme"])
    }
  }

  @Test("a removed repository is gone with all its files; other files in its folder stay")
  func remove() async throws {
    try await SharingScene.with { scene in
      try await scene.commit(["recipes/a.lua": SharingScene.recipe])
      try await scene.add(name: "one")
      try await scene.add(name: "two")
      try scene.write("home/.local/share/ssh-recipes/repositories/two/mine", "mine")
      for name in ["one", "two"] {
        try await scene.session().remove(try scene.repositories().find(name))
        #expect(try !scene.repositories().pinned().contains { $0.name == name })
      }
      let stores = try FileManager.default.subpathsOfDirectory(
        atPath: scene.path("home/.local/share/ssh-recipes/repositories"))
      #expect(stores.sorted() == ["two", "two/mine"])
      let cache = try FileManager.default.contentsOfDirectory(
        atPath: scene.path("home/.cache/ssh-recipes/repositories"))
      #expect(cache == ["mutex"])
    }
  }

  @Test("a signature added later to the same content is kept")
  func laterSignature() async throws {
    try await SharingScene.with { scene in
      let files = ["recipes/a.lua": Array(SharingScene.recipe.utf8)]
      let store = RepositoryStore(folder: scene.path("store"))
      let plain = RepositoryContents(files: files)
      let locked = LockedRepository(
        name: "acme", url: "/x", ref: "HEAD", commit: String(repeating: "a", count: 40), contentHash: plain.contentHash)
      let versions: [[String: [UInt8]]] = [[:], [Signatures.file: [1, 2]], [Signatures.file: [3]], [:]]
      for attachments in versions {
        let contents = RepositoryContents(files: files, attachments: attachments)
        try store.put(contents, as: locked)
        #expect(try store.load(locked) == contents)
      }
    }
  }

  @Test("two concurrent commands take turns, and both succeed")
  func turns() async throws {
    try await SharingScene.with { scene in
      try await scene.commit(["recipes/a.lua": SharingScene.recipe])
      try await withThrowingTaskGroup(of: Void.self) { group in
        for name in ["one", "two", "three"] { group.addTask { try await scene.add(name: name) } }
        try await group.waitForAll()
      }
      #expect(try scene.repositories().pinned().map(\.name) == ["one", "three", "two"])
    }
  }

  @Test("a damaged, locked or incomplete cache does no harm")
  func damagedCache() async throws {
    try await SharingScene.with { scene in
      try await scene.commit(["recipes/a.lua": SharingScene.recipe])
      try await scene.add()
      let second = try await scene.commit(["recipes/b.lua": SharingScene.recipe])
      let base = scene.path("home/.cache/ssh-recipes/repositories")
      let name = try #require(try FileManager.default.contentsOfDirectory(atPath: base).first { $0.hasSuffix(".git") })
      let cache = "\(base)/\(name)"
      for leftover in ["HEAD.lock", "refs/fetched/HEAD.lock", "packed-refs.lock", "objects/pack/tmp_pack_x"] {
        try Data().write(to: URL(fileURLWithPath: "\(cache)/\(leftover)"))
      }
      #expect(try await scene.update().new.commit == second)
      #expect(!FileManager.default.fileExists(atPath: "\(cache)/HEAD.lock"))
      let packs = try FileManager.default.contentsOfDirectory(atPath: "\(cache)/objects/pack")
      for pack in packs where pack.hasSuffix(".pack") {
        let path = "\(cache)/objects/pack/\(pack)"
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(fileURLWithPath: path))
      }
      #expect(try await scene.update().new.commit == second)
      try Data("garbage".utf8).write(to: URL(fileURLWithPath: "\(cache)/config"))
      #expect(try await scene.update().new.commit == second)
    }
  }
}
