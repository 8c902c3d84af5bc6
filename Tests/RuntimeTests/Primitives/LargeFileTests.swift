import Foundation
import Testing

@testable import Diagnosis
@testable import Hosts
@testable import Primitives
@testable import Values

/// Files too large to travel with their act. The test's transport has no session for them, so they go in pieces.
@Suite struct LargeFileTests {
  private static let size = LargeFile.least + 300_001

  /// Bytes of every value, among them NULs and line feeds.
  private static func contents(_ first: UInt8 = 0) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) &+ first }
  }

  private static func upload(_ mode: String? = nil) -> [String: LuaValue] {
    var arguments: [String: LuaValue] = ["from": .string("~/image"), "to": .string("~/copy")]
    if let mode { arguments["mode"] = .string(mode) }
    return arguments
  }

  @Test("a large file is made, and the second time changes nothing", arguments: ShellHost.shells)
  func twice(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    try pi.put("image", Self.contents())
    let first = try await pi.call(.upload, Self.upload("640"))
    #expect(first.changed == true)
    #expect(first["size"] == .integer(Int64(Self.size)))
    #expect(try Checksum.text(of: pi.bytes("copy")) == Checksum.text(of: Self.contents()))
    #expect(try pi.mode("copy") == "640")
    #expect(try await pi.call(.upload, Self.upload()).changed == false)
    #expect(try pi.names() == ["copy", "image"])
  }

  @Test("one changed byte is seen, and the file keeps its mode", arguments: ShellHost.shells)
  func changed(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    var old = Self.contents()
    old[Self.size / 2] ^= 1
    try pi.put("image", Self.contents())
    try pi.put("copy", old, mode: 0o600)
    #expect(try await pi.call(.upload, Self.upload()).changed == true)
    #expect(try Checksum.text(of: pi.bytes("copy")) == Checksum.text(of: Self.contents()))
    #expect(try pi.mode("copy") == "600")
    #expect(try pi.names() == ["copy", "image"])
  }

  @Test func `large contents of write go through a link, and arrive whole`() async throws {
    let pi = try ShellHost()
    try pi.put("real", "small\n", mode: 0o600)
    try await pi.call(.run, ["command": .string("ln -s real ~/link")])
    let done = try await pi.call(.write, ["path": .string("~/link"), "contents": .string(Self.contents(7))])
    #expect(done["path"] == .string(pi.home + "/real"))
    #expect(try Checksum.text(of: pi.bytes("real")) == Checksum.text(of: Self.contents(7)))
    #expect(try pi.mode("real") == "600")
  }

  @Test func `a large file with a private key in it is refused`() async throws {
    let pi = try ShellHost()
    var contents = Self.contents()
    // Across the end of a piece.
    contents.replaceSubrange((1 << 20) - 20..<(1 << 20) + 15, with: Array("-----BEGIN OPENSSH PRIVATE KEY-----".utf8))
    try pi.put("image", contents)
    #expect(try await pi.failure(.upload, Self.upload()).kind == .refused)
    #expect(try pi.names() == ["image"])
  }

  @Test func `without the directory a large file is refused before anything is sent`() async throws {
    let pi = try ShellHost()
    try pi.put("image", Self.contents())
    let arguments: [String: LuaValue] = ["from": .string("~/image"), "to": .string("~/no/copy")]
    #expect(try await pi.failure(.upload, arguments).kind == .absent)
  }

  @Test func `a plan of a large upload changes nothing, and knows the size afterwards`() async throws {
    let pi = try ShellHost()
    try pi.put("image", Self.contents())
    #expect(try await pi.call(.upload, Self.upload(), plan: true).changed == true)
    let status = try await pi.call(.status, ["path": .string("~/copy")], plan: true)
    #expect(status["size"] == .integer(Int64(Self.size)))
    #expect(!pi.exists("copy"))
  }
}
