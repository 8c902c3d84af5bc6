import Foundation
import Testing

@testable import Sharing

/// A fetch never executes fetched content, or programs named in the caller's environment.
@Suite("git, limited to moving and reading objects")
struct GitSafetyTests {
  @Test("attributes, filters, hooks and the environment run nothing")
  func nothingRuns() async throws {
    try await SharingScene.with { scene in
      try await scene.commit([
        "recipes/close.lua": SharingScene.recipe,
        ".gitattributes": "*.lua filter=evil ident text eol=crlf export-ignore\n",
        "recipes/.gitattributes": "* diff=evil merge=evil\n",
      ])
      let ran = scene.path("ran")
      let command = "touch '\(ran)'"
      for hook in ["post-checkout", "post-update", "pre-receive", "reference-transaction", "post-merge"] {
        try scene.write("template/hooks/\(hook)", "#!/bin/sh\n\(command)\n")
        try scene.write("acme/.git/hooks/\(hook)", "#!/bin/sh\n\(command)\n")
        for folder in ["template", "acme/.git"] {
          try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: scene.path("\(folder)/hooks/\(hook)"))
        }
      }
      // The repository's own configuration, and configuration from the environment.
      try await scene.git("-C", "acme", "config", "uploadpack.packObjectsHook", command)
      try await scene.git("-C", "acme", "config", "core.fsmonitor", command)
      let hostile = [
        "GIT_TEMPLATE_DIR": scene.path("template"), "GIT_DIR": scene.path("acme/.git"), "GIT_EXTERNAL_DIFF": command,
        "GIT_ALLOW_PROTOCOL": "ext", "GIT_CONFIG_COUNT": "2", "GIT_CONFIG_KEY_0": "core.fsmonitor",
        "GIT_CONFIG_VALUE_0": command, "GIT_CONFIG_KEY_1": "core.hooksPath",
        "GIT_CONFIG_VALUE_1": scene.path("template/hooks"), "GIT_CONFIG_PARAMETERS": "'core.fsmonitor=\(command)'",
        "GIT_EXEC_PATH": scene.path("nowhere"), "GIT_OBJECT_DIRECTORY": scene.path("objects"),
      ]
      let environment = SharingScene.environment.merging(hostile) { $1 }.merging(["HOME": scene.path("home")]) { $1 }
      let session = try await scene.session(git: Git(environment: environment))
      let url = try RepositoryURL(parsing: scene.path("acme"), from: "/", home: nil)
      let added = try await session.add(url, name: nil, ref: .head)
      #expect(added.recipes.contents.texts["recipes/close.lua"] == SharingScene.recipe)
      #expect(!FileManager.default.fileExists(atPath: ran))
      #expect(!FileManager.default.fileExists(atPath: scene.path("objects")))
    }
  }

  @Test("a URL that the user's git settings turn into a helper runs nothing")
  func insteadOf() async throws {
    try await SharingScene.with { scene in
      let ran = scene.path("ran")
      try scene.write(
        "gitconfig", "[url \"ext::sh -c touch%20\(ran)%20#\"]\n\tinsteadOf = https://example.org/\n")
      var environment = SharingScene.environment
      environment["GIT_CONFIG_GLOBAL"] = scene.path("gitconfig")
      let session = try await scene.session(git: Git(environment: environment))
      let url = try RepositoryURL(parsing: "https://example.org/x", from: "/", home: nil)
      let message = await SharingScene.message { _ = try await session.add(url, name: nil, ref: .head) }
      #expect(message == "git fetch failed with status 128:\n  fatal: transport 'ext' not allowed")
      #expect(!FileManager.default.fileExists(atPath: ran))
    }
  }

  @Test("git's file protocol is allowed for paths only")
  func fileProtocol() async throws {
    try await SharingScene.with { scene in
      try await scene.commit(["recipes/close.lua": SharingScene.recipe])
      try scene.write(
        "gitconfig", "[url \"\(scene.path("acme"))\"]\n\tinsteadOf = https://example.org/acme\n")
      var environment = SharingScene.environment
      environment["GIT_CONFIG_GLOBAL"] = scene.path("gitconfig")
      let session = try await scene.session(git: Git(environment: environment))
      let url = try RepositoryURL(parsing: "https://example.org/acme", from: "/", home: nil)
      let message = await SharingScene.message { _ = try await session.add(url, name: nil, ref: .head) }
      #expect(message == "git fetch failed with status 128:\n  fatal: transport 'file' not allowed")
    }
  }

  @Test("the fetch from a server that accepts the connection but stays silent is stopped")
  func silent() async throws {
    try await SharingScene.with { scene in
      let listener = try SilentServer()
      defer { listener.close() }
      let git = Git(environment: SharingScene.environment, timeout: .seconds(1))
      let session = try await scene.session(git: git)
      let url = try RepositoryURL(parsing: "git://127.0.0.1:\(listener.port)/x", from: "/", home: nil)
      await #expect(throws: GitError.silent(command: "fetch", seconds: 1)) {
        try await session.add(url, name: nil, ref: .head)
      }
      #expect(
        GitError.silent(command: "fetch", seconds: 1).description
          == "git fetch was stopped: the server has sent nothing for 1 s")
    }
  }

  @Test("a fetch that is too large is stopped")
  func tooLarge() async throws {
    try await SharingScene.with { scene in
      // Random bytes do not compress.
      var random = SystemRandomNumberGenerator()
      let noise = (0..<400_000).map { _ in String(UInt8.random(in: 0...255, using: &random), radix: 16) }.joined()
      try await scene.commit(["recipes/close.lua": SharingScene.recipe, "noise": noise])
      let git = Git(environment: SharingScene.environment, largestFile: 64 << 10)
      let session = try await scene.session(git: git)
      let url = try RepositoryURL(parsing: scene.path("acme"), from: "/", home: nil)
      await #expect(throws: FetchError.tooLarge(url: url.text, limit: 64 << 10)) {
        try await session.add(url, name: nil, ref: .head)
      }
      #expect(try scene.repositories().pinned() == [])
      let left = try FileManager.default.contentsOfDirectory(atPath: scene.path("home/.cache/ssh-recipes/repositories"))
      #expect(left == ["mutex"])
    }
  }

  @Test("without git, the error names it")
  func noGit() async throws {
    try await SharingScene.with { scene in
      try await scene.commit(["recipes/close.lua": SharingScene.recipe])
      let session = try await scene.session(git: Git(environment: ["PATH": "/nowhere"]))
      let url = try RepositoryURL(parsing: scene.path("acme"), from: "/", home: nil)
      await #expect(throws: GitError.notInstalled) { try await session.add(url, name: nil, ref: .head) }
    }
  }

  @Test("progress is reported line by line, and errors are kept apart")
  func listener() {
    let lines = LineBox()
    let listener = GitListener { lines.add($0) }
    let text = "remote: hello\nReceiving objects:  50% (1/2)\rReceiving objects: 100% (2/2), done.\nfatal: no\r\nend"
    Array(text.utf8).withUnsafeBytes { listener.take($0) }
    #expect(listener.finish() == ["remote: hello", "fatal: no", "end"])
    #expect(
      lines.all == [
        "remote: hello", "Receiving objects:  50% (1/2)", "Receiving objects: 100% (2/2), done.", "fatal: no",
      ])
  }
}
