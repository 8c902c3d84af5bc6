import Foundation
import Scripts
import Testing

@testable import Hosts
@testable import Values

/// Acts against the real shell.
@Suite struct ApplyWriterTests {
  private static func with(_ body: @Sendable (Scene, ApplyWriter) async throws -> Void) async throws {
    try await Scene.with { scene in
      let transport = LocalTransport(secrets: Nobody(), greeting: nil)
      let host = Hosts.Host(id: 0, role: "here", target: nil, transport: transport)
      try await body(scene, ApplyWriter(host: host, runID: "test"))
      await transport.close()
    }
  }

  @Test func `a file is replaced whole, and keeps its mode`() async throws {
    try await Self.with { scene, writer in
      try scene.write("f", "old\n", mode: 0o640)
      try await writer.replaceFile(scene.path("f"), contents: Array("new".utf8), expecting: Array("old\n".utf8))
      #expect(try String(contentsOfFile: scene.path("f"), encoding: .utf8) == "new")
      #expect(scene.mode("f") == 0o640)
      #expect(try FileManager.default.contentsOfDirectory(atPath: scene.folder) == ["f"])
    }
  }

  @Test func `a new file gets its mode, and bytes of all values arrive`() async throws {
    try await Self.with { scene, writer in
      let bytes = (0..<1024).map { UInt8($0 & 255) }
      try await writer.replaceFile(scene.path("f"), contents: bytes, mode: FileMode(bits: 0o600), expecting: nil)
      #expect(try Array(Data(contentsOf: URL(fileURLWithPath: scene.path("f")))) == bytes)
      #expect(scene.mode("f") == 0o600)
    }
  }

  @Test func `a file that somebody else has changed meanwhile is left alone`() async throws {
    try await Self.with { scene, writer in
      try scene.write("f", "theirs\n", mode: 0o644)
      await #expect(throws: WriteError.changedMeanwhile(path: scene.path("f"))) {
        try await writer.replaceFile(scene.path("f"), contents: [1], expecting: Array("old\n".utf8))
      }
      await #expect(throws: WriteError.changedMeanwhile(path: scene.path("f"))) {
        try await writer.replaceFile(scene.path("f"), contents: [1], expecting: nil)
      }
      #expect(try String(contentsOfFile: scene.path("f"), encoding: .utf8) == "theirs\n")
    }
  }

  @Test func `a link is not replaced by a file`() async throws {
    try await Self.with { scene, writer in
      try scene.write("f", "old\n", mode: 0o644)
      try FileManager.default.createSymbolicLink(atPath: scene.path("l"), withDestinationPath: scene.path("f"))
      await #expect(throws: WriteError.isLink(path: scene.path("l"))) {
        try await writer.replaceFile(scene.path("l"), contents: [1], expecting: Array("old\n".utf8))
      }
    }
  }

  @Test func `a link is made as it was, also one that leads nowhere`() async throws {
    try await Self.with { scene, writer in
      let path = scene.path("l")
      let act = Act(.makeLink(path: path, target: "-no where", owner: "\(getuid())"))
      try await writer.perform(act)
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path) == "-no where")
      await #expect(throws: WriteError.changedMeanwhile(path: path)) { try await writer.perform(act) }
    }
  }

  @Test func `directories are made with their mode and removed when empty`() async throws {
    try await Self.with { scene, writer in
      try await writer.makeDirectory(scene.path("d"), mode: FileMode(bits: 0o700))
      #expect(scene.mode("d") == 0o700)
      try await writer.setMode(scene.path("d"), FileMode(bits: 0o755))
      #expect(scene.mode("d") == 0o755)
      try await writer.remove(scene.path("d"))
      #expect(scene.mode("d") == nil)
    }
  }

  @Test(arguments: ["dash", "bash", "busybox sh"]) func `the scripts run under every shell`(_ shell: String)
    async throws
  {
    for script in [
      ShellScripts.replaceFile, ShellScripts.setMode, ShellScripts.setOwner, ShellScripts.setAttributes,
      ShellScripts.makeDirectory, ShellScripts.makeLink, ShellScripts.removePath,
    ] {
      #expect(try await Shell.parses(script, with: shell))
    }
  }
}
