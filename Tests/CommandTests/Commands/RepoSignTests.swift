import Foundation
import Testing

@Suite("repo sign, and what is made of signatures when a repository is added and updated", .serialized)
struct RepoSignTests {
  /// A repository of git in `ours`, and keys `ada`, `bob`.
  private func with(_ body: (HostileStage, String) async throws -> Void) async throws {
    try await HostileStage.with { stage in
      let home = stage.home
      for name in ["ada", "bob"] {
        try await stage.start("/usr/bin/ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", "home/\(name)")
      }
      let folder = home.appending(path: "ours/recipes")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try HostileStage.harmless.write(to: folder.appending(path: "good.lua"), atomically: false, encoding: .utf8)
      try await stage.git(["init", "-q", "-b", "main", "home/ours"])
      try await stage.git(["-C", "home/ours", "add", "."])
      try await body(stage, home.path)
    }
  }

  private func commit(_ stage: HostileStage, _ more: String...) async throws {
    try await stage.git(["-C", "home/ours", "add", "."])
    try await stage.git(
      ["-C", "home/ours", "-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "-q", "-m", "More"]
        + more)
  }

  private func sign(_ stage: HostileStage, by key: String) async throws {
    let result = try await stage.run(["repo", "sign", "ours", "--key", key])
    #expect(result.status == 0, "\(result)")
  }

  private func fingerprint(_ stage: HostileStage, _ key: String) async throws -> String {
    let line = try await stage.start("/usr/bin/ssh-keygen", "-l", "-f", "home/\(key)")
    return String(line.split(separator: " ")[1])
  }

  private func add(_ stage: HostileStage, _ options: String...) async throws -> Program.Result {
    try await stage.run(["repo", "add", "./ours"] + options)
  }

  @Test("it writes a signature that ssh-keygen takes, over a manifest that sha256sum makes")
  func plainTools() async throws {
    try await with { stage, home in
      let result = try await stage.run(["repo", "sign", "ours", "--key", "ada"])
      let key = try String(contentsOfFile: "\(home)/ada.pub", encoding: .utf8)
      #expect(
        result
          == .init(
            status: 0,
            output: """
              Wrote ours/recipes.sig: 1 file, signed by \(try await fingerprint(stage, "ada"))
              Commit it together with them. Other users can then add the repository with
                --signer '\(key.split(separator: " ").prefix(2).joined(separator: " "))'

              """, complaints: ""))
      try await stage.start(
        "/bin/sh", "-c",
        """
        cd home/ours && sha256sum recipes/good.lua > ../manifest && echo "ada $(cat ../ada.pub)" > ../allowed &&
        ssh-keygen -Y verify -f ../allowed -I ada -n ssh-recipes -s recipes.sig < ../manifest
        """)
    }
  }

  @Test("what git does not track, and what would be refused elsewhere, is not signed")
  func refused() async throws {
    try await with { stage, home in
      try "x\n".write(toFile: "\(home)/ours/recipes/left.lua", atomically: false, encoding: .utf8)
      let untracked = try await stage.run(["repo", "sign", "ours", "--key", "ada"])
      #expect(
        untracked.complaints
          == "error: \"recipes/left.lua\" is not tracked by git, so other users would not get it\n"
          + "  fix     git add it, remove it, or ignore it in .gitignore\n")
      try FileManager.default.removeItem(atPath: "\(home)/ours/recipes/left.lua")
      let noKey = try await stage.run(["repo", "sign", "ours", "--key", "nokey"])
      #expect(
        noKey.complaints
          == "error: ssh-keygen could not sign with \"nokey\": Couldn't load public key nokey: No such file or directory\n"
      )
      try FileManager.default.createSymbolicLink(
        atPath: "\(home)/ours/recipes/link.lua", withDestinationPath: "good.lua")
      try await stage.git(["-C", "home/ours", "add", "."])
      let link = try await stage.run(["repo", "sign", "ours", "--key", "ada"])
      #expect(
        link.complaints
          == "error: \"recipes/link.lua\" is a symbolic link; a repository of recipes may contain regular files only\n")
      #expect(!FileManager.default.fileExists(atPath: "\(home)/ours/recipes.sig"))
    }
  }

  @Test("a signer that is named has to have signed: none, the right one, another one, another file")
  func signer() async throws {
    try await with { stage, home in
      try await commit(stage)
      let (ada, bob) = (try await fingerprint(stage, "ada"), try await fingerprint(stage, "bob"))
      let none = try await add(stage, "--signer", "ada.pub")
      #expect(
        none
          == .init(
            status: 6, output: "", complaints: "error: no signature found; expected a signature by ada, \(ada)\n"))
      try await sign(stage, by: "bob")
      try await commit(stage)
      let wrong = try await add(stage, "--signer", "ada.pub")
      #expect(
        wrong
          == .init(
            status: 6, output: "", complaints: "error: \"recipes.sig\" is signed by \(bob); expected ada, \(ada)\n"))
      try await sign(stage, by: "ada")
      try "-- later\n".write(toFile: "\(home)/ours/recipes/later.lua", atomically: false, encoding: .utf8)
      try await commit(stage)
      let old = try await add(stage, "--signer", "ada.pub")
      #expect(
        old
          == .init(
            status: 6, output: "",
            complaints: "error: the signature of \"recipes.sig\" by \(ada) does not match: the signed content or the "
              + "signature has changed since\n"))
      try await sign(stage, by: "ada")
      try await commit(stage)
      let right = try await add(stage, "--signer", "ada.pub")
      #expect(right.status == 0, "\(right)")
      #expect(right.output.contains("\n  signed   by ada, \(ada)\n"))
      try "ssh-rsa nonsense\n".write(toFile: "\(home)/broken.pub", atomically: false, encoding: .utf8)
      let broken = try await add(stage, "--signer", "broken.pub")
      #expect(broken.status == 64)
    }
  }

  @Test("what was pinned at first use has to sign updates; a missing and another signature stop them")
  func pin() async throws {
    try await with { stage, home in
      try await sign(stage, by: "ada")
      try await commit(stage)
      let (ada, bob) = (try await fingerprint(stage, "ada"), try await fingerprint(stage, "bob"))
      let added = try await add(stage, "--pin")
      #expect(added.status == 0, "\(added)")
      try await sign(stage, by: "bob")
      try await commit(stage)
      let changed = try await stage.run(["repo", "update", "ours", "--trust"])
      #expect(
        changed
          == .init(
            status: 6, output: "",
            complaints: "error: the repository \"ours\": \"recipes.sig\" is signed by \(bob); expected \(ada)\n"))
      try FileManager.default.removeItem(atPath: "\(home)/ours/recipes.sig")
      try await commit(stage)
      let missing = try await stage.run(["repo", "update", "ours", "--trust"])
      #expect(
        missing
          == .init(
            status: 6, output: "",
            complaints: "error: the repository \"ours\": no signature found; expected a signature by \(ada)\n"))
      let stays = try await stage.run(["run", "ours/good", "--trust"])
      #expect(stays.status == 0, "\(stays)")
    }
  }

  @Test("tags and commits that git signed with an SSH key count as well")
  func git() async throws {
    try await with { stage, home in
      let signing = ["-c", "gpg.format=ssh", "-c", "user.signingkey=\(home)/ada"]
      let person = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
      try await stage.git(["-C", "home/ours"] + signing + person + ["commit", "-q", "-S", "-m", "One"])
      try await stage.git(
        ["-C", "home/ours", "-c", "user.signingkey=\(home)/bob", "-c", "gpg.format=ssh"] + person + [
          "tag", "-s", "v1", "-m", "One",
        ])
      let (ada, bob) = (try await fingerprint(stage, "ada"), try await fingerprint(stage, "bob"))
      let commit = try await add(stage, "--signer", "ada.pub", "--name", "one")
      #expect(commit.output.contains("\n  signed   by ada, \(ada)\n"), "\(commit)")
      let tag = try await add(stage, "--signer", "bob.pub", "--ref", "v1", "--name", "two")
      #expect(tag.output.contains("\n  signed   by bob, \(bob)\n"), "\(tag)")
      let noTag = try await add(stage, "--signer", "bob.pub", "--name", "three")
      #expect(
        noTag
          == .init(status: 6, output: "", complaints: "error: the commit is signed by \(ada); expected bob, \(bob)\n"))
    }
  }

  @Test("a key that is revoked later stops what it signed before")
  func revoked() async throws {
    try await with { stage, home in
      try await sign(stage, by: "ada")
      try await commit(stage)
      let ada = try await fingerprint(stage, "ada")
      let added = try await add(stage, "--pin")
      #expect(added.status == 0, "\(added)")
      let list = "\(home)/.config/ssh-recipes/revoked_keys"
      try FileManager.default.copyItem(atPath: "\(home)/ada.pub", toPath: list)
      let run = try await stage.run(["run", "ours/good", "--trust"])
      #expect(
        run
          == .init(
            status: 6, output: "", complaints: "error: the repository \"ours\" is signed by \(ada), which is revoked\n")
      )
      let again = try await add(stage, "--name", "again")
      #expect(
        again
          == .init(status: 6, output: "", complaints: "error: \"recipes.sig\" is signed by \(ada), which is revoked\n"))
    }
  }
}
