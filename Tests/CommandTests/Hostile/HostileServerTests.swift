import Foundation
import Testing

@Suite("Surroundings that somebody evil made", .serialized)
struct HostileServerTests {
  private static let touch = "#!/bin/sh\ntouch \"$CANARY\"\n"

  private func expectHarmless(
    environment: [String: String] = [:], _ prepare: (HostileStage) async throws -> Void
  ) async throws {
    try await HostileStage.with { stage in
      try await stage.serve(HostileCase.with([(".gitattributes", .text("* filter=evil\n"))]))
      try await prepare(stage)
      let before = try stage.snapshot()
      let surroundings = environment.merging(["CANARY": stage.canary]) { $1 }
        .mapValues { $0.replacing("TOP", with: stage.top.path) }
      let added = try await stage.run(["repo", "add", stage.repository, "--name", "evil"], environment: surroundings)
      #expect(added.status == 0, "\(added)")
      let ran = try await stage.run(["run", "evil/good", "--trust"], environment: surroundings)
      #expect(ran.status == 0, "\(ran)")
      #expect(try stage.snapshot() == before)
      #expect(!FileManager.default.fileExists(atPath: stage.canary))
    }
  }

  @Test(
    "hooks of the repository that is fetched from are not run",
    arguments: ["post-checkout", "reference-transaction", "pre-auto-gc", "post-update", "fsmonitor-watchman"])
  func hooks(hook: String) async throws {
    try await expectHarmless { stage in
      let file = URL(fileURLWithPath: stage.repository).appending(path: "hooks/\(hook)")
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Self.touch.write(to: file, atomically: false, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    }
  }

  @Test(
    "settings of the repository that is fetched from run nothing",
    arguments: [
      "core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "core.askPass", "core.gitProxy",
      "core.alternateRefsCommand", "uploadpack.packObjectsHook", "filter.evil.smudge", "filter.evil.process",
      "credential.helper", "gpg.program", "gpg.ssh.program", "diff.external", "pager.log", "alias.fetch",
      "remote.origin.uploadpack", "core.hooksPath",
    ])
  func settings(key: String) async throws {
    try await expectHarmless { stage in
      let script = stage.top.appending(path: "evil.sh")
      try Self.touch.write(to: script, atomically: false, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script.path)
      try await stage.git(["--git-dir=\(stage.repository)", "config", key, script.path])
    }
  }

  @Test(
    "variables that lead git somewhere else do not",
    arguments: [
      ["GIT_DIR": "TOP/home", "GIT_WORK_TREE": "TOP/home"], ["GIT_INDEX_FILE": "TOP/home/notes"],
      ["GIT_OBJECT_DIRECTORY": "TOP/home/objects"], ["GIT_ALTERNATE_OBJECT_DIRECTORIES": "TOP/home"],
      ["GIT_COMMON_DIR": "TOP/home"], ["GIT_NAMESPACE": "evil"], ["GIT_EXEC_PATH": "TOP/home"],
      ["GIT_EXTERNAL_DIFF": "touch canary"], ["GIT_TRACE": "TOP/home/notes"], ["GIT_TEMPLATE_DIR": "TOP/home"],
      ["GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.hooksPath", "GIT_CONFIG_VALUE_0": "TOP/home"],
      ["GIT_CONFIG_PARAMETERS": "'core.fsmonitor=touch canary'"], ["GIT_CONFIG": "TOP/home/notes"],
      ["GIT_ALLOW_PROTOCOL": "ext"], ["GIT_PROTOCOL_FROM_USER": "0"], ["GIT_REPLACE_REF_BASE": "refs/heads/"],
    ])
  func variables(environment: [String: String]) async throws {
    try await expectHarmless(environment: environment) { _ in }
  }

  @Test("an object that is replaced is not: what the commit names is what is pinned")
  func replaced() async throws {
    try await HostileStage.with { stage in
      try await stage.serve(HostileCase.with([]))
      let writer = GitWriter(stage: stage, folder: stage.repository)
      let good = try await writer.write(.text(HostileStage.harmless))
      let evil = try await writer.write(.text("recipe { summary = 'Evil', run = function() end }\n"))
      try await stage.git(["--git-dir=\(stage.repository)", "replace", good, evil])
      let added = try await stage.run(["repo", "add", stage.repository, "--name", "evil"])
      #expect(added.status == 0, "\(added)")
      let shown = try await stage.run(["show", "--source", "evil/good"])
      #expect(shown == .init(status: 0, output: HostileStage.harmless, complaints: ""))
    }
  }

  @Test("branches and tags that are called like options are names and nothing else")
  func refs() async throws {
    try await HostileStage.with { stage in
      try await stage.serve(HostileCase.with([]))
      let main = try await stage.git(["--git-dir=\(stage.repository)", "rev-parse", "main"])
      for name in ["refs/heads/--exec=touch", "refs/tags/-x", "refs/tags/HEAD"] {
        try await stage.git(["--git-dir=\(stage.repository)", "update-ref", name, main])
      }
      let before = try stage.snapshot()
      let added = try await stage.run(["repo", "add", stage.repository, "--name", "evil", "--ref", "main"])
      #expect(added.status == 0, "\(added)")
      let other = try await stage.run(["repo", "add", stage.repository, "--name", "other", "--ref", "mian"])
      let complaint =
        "error: TOP/evil.git has no tag or branch \"mian\"; did you mean \"main\"?\n"
      #expect(other == .init(status: 1, output: "", complaints: complaint))
      #expect(try stage.snapshot() == before)
    }
  }

  @Test("a cache that somebody tampered with changes nothing that is run")
  func tampered() async throws {
    try await HostileStage.with { stage in
      try await stage.serve(HostileCase.with([]))
      _ = try await stage.run(["repo", "add", stage.repository, "--name", "evil"])
      let store = stage.top.appending(path: "home/.local/share/ssh-recipes/repositories/evil")
      let paths = FileManager.default.enumerator(atPath: store.path)?.compactMap { $0 as? String } ?? []
      let recipe = try #require(paths.first { $0.hasSuffix("recipes/good.lua") })
      try "recipe { summary = 'Evil', run = function() end }\n"
        .write(to: store.appending(path: recipe), atomically: false, encoding: .utf8)
      let result = try await stage.run(["run", "evil/good", "--trust"])
      let complaint = """
        error: the repository "evil" was changed on this computer: the files in \
        TOP/home/.local/share/ssh-recipes/repositories/evil/HASH hash to sha256:HASH, but the lock file pins sha256:HASH
          fix     ssh-recipes repo install --locked   fetches it again

        """
      #expect(result == .init(status: 6, output: "", complaints: complaint))
    }
  }
}
