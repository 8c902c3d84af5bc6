import Foundation
import Testing

@testable import Diagnosis
@testable import Primitives
@testable import Values

@Suite struct FilePrimitivesTests {
  @Test("write makes a file, and the second time changes nothing", arguments: ShellHost.shells)
  func writeTwice(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    let arguments: [String: LuaValue] = [
      "path": .string("~/notes"), "contents": .string("one\ntwo\n"), "mode": .string("640"),
    ]
    let first = try await pi.call(.write, arguments)
    #expect(first.changed == true)
    #expect(first["path"] == .string(pi.home + "/notes"))
    #expect(first["mode"] == .string("640"))
    #expect(first["size"] == .integer(8))
    #expect(try pi.text("notes") == "one\ntwo\n")
    #expect(try pi.mode("notes") == "640")
    #expect(try await pi.call(.write, arguments).changed == false)
  }

  @Test("write shows a diff, keeps the mode, and writes to what a link points to")
  func writeThroughLink() async throws {
    let pi = try ShellHost()
    try pi.put("real", "one\ntwo\n", mode: 0o600)
    try await pi.call(.run, ["command": .string("ln -s real ~/link")])
    let done = try await pi.call(.write, ["path": .string("~/link"), "contents": .string("one\n2\n")])
    let path = pi.home + "/real"
    #expect(done.diff == "--- \(path)\n+++ \(path)\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n")
    #expect(try pi.text("real") == "one\n2\n")
    #expect(try pi.mode("real") == "600")
    #expect(try await pi.call(.status, ["path": .string("~/link")])["kind"] == .string("link"))
  }

  @Test("a private key is neither read, written, overwritten nor removed")
  func privateKey() async throws {
    let pi = try ShellHost()
    let key = "-----BEGIN OPENSSH PRIVATE KEY-----\nxyz\n-----END OPENSSH PRIVATE KEY-----\n"
    try pi.put("id", key)
    let path: [String: LuaValue] = ["path": .string("~/id")]
    #expect(try await pi.failure(.read, path).kind == .refused)
    #expect(try await pi.failure(.remove, path).kind == .refused)
    #expect(try await pi.failure(.write, path.merging(["contents": .string("x")]) { $1 }).kind == .refused)
    let other = try await pi.failure(.write, ["path": .string("~/b"), "contents": .string(key)])
    #expect(other.kind == .refused)
    #expect(!"\(other)".contains("xyz"))
    #expect(try pi.text("id") == key)
  }

  @Test("a plan of write changes nothing, and a later read sees it")
  func planWrite() async throws {
    let pi = try ShellHost()
    try await pi.call(.write, ["path": .string("~/notes"), "contents": .string("one\n")], plan: true)
    #expect(!pi.exists("notes"))
    #expect(try await pi.call(.read, ["path": .string("~/notes")], plan: true).value == .string("one\n"))
  }

  @Test("read gives the bytes, the default of an absent file, and fails without one")
  func reading() async throws {
    let pi = try ShellHost()
    try pi.put("a", "text without newline")
    #expect(try await pi.call(.read, ["path": .string("~/a")]).value == .string("text without newline"))
    let fallback: [String: LuaValue] = ["path": .string("~/b"), "default": .string("none")]
    #expect(try await pi.call(.read, fallback).value == .string("none"))
    #expect(try await pi.failure(.read, ["path": .string("~/b")]).kind == .absent)
    #expect(try await pi.failure(.read, ["path": .string("~/a"), "limit": .integer(3)]).kind == .limit)
    #expect(try await pi.failure(.read, ["path": .string("~")]).kind == .fileType)
  }

  @Test("status tells kind, mode, owner and where a link points", arguments: ShellHost.shells)
  func statuses(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    try pi.put("a", "12345", mode: 0o604)
    try await pi.call(.run, ["command": .string("ln -s a ~/l")])
    let file = try await pi.call(.status, ["path": .string("~/a")])
    #expect(file["kind"] == .string("file"))
    #expect(file["mode"] == .string("604"))
    #expect(file["size"] == .integer(5))
    #expect(try await pi.call(.status, ["path": .string("~/l")])["link"] == .string("a"))
    #expect(try await pi.call(.status, ["path": .string("~/x")])["exists"] == .boolean(false))
  }

  @Test("upload keeps every byte, and the second time changes nothing", arguments: ShellHost.shells)
  func uploading(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    let bytes = (0..<2000).map { UInt8(truncatingIfNeeded: $0) }
    try pi.put("local", "")
    try await pi.call(.write, ["path": .string("~/local"), "contents": .string(bytes)])
    let arguments: [String: LuaValue] = ["from": .string(pi.home + "/local"), "to": .string("~/copy")]
    #expect(try await pi.call(.upload, arguments).changed == true)
    #expect(try await pi.call(.read, ["path": .string("~/copy")]).value == .string(bytes))
    #expect(try await pi.call(.upload, arguments).changed == false)
  }

  @Test("mkdir and remove do it once", arguments: ShellHost.shells)
  func directories(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    let make: [String: LuaValue] = ["path": .string("~/d"), "mode": .string("700")]
    #expect(try await pi.call(.mkdir, make).changed == true)
    #expect(try pi.mode("d") == "700")
    #expect(try await pi.call(.mkdir, make).changed == false)
    try pi.put("d/f", "x")
    #expect(try await pi.failure(.remove, ["path": .string("~/d")]).kind == .notEmpty)
    #expect(try await pi.call(.remove, ["path": .string("~/d/f")]).changed == true)
    #expect(try await pi.call(.remove, ["path": .string("~/d")]).changed == true)
    #expect(try await pi.call(.remove, ["path": .string("~/d")]).changed == false)
    #expect(!pi.exists("d"))
  }

  @Test(
    "what must stay is never removed",
    arguments: ["/", "~", "~/.ssh", "~/.ssh/", "~/./.ssh", "~/x/../.ssh", "~/.ssh/authorized_keys"])
  func refusals(path: String) async throws {
    let pi = try ShellHost()
    try await pi.call(.mkdir, ["path": .string("~/.ssh")])
    try pi.put(".ssh/authorized_keys", "")
    #expect(try await pi.failure(.remove, ["path": .string(path)]).kind == .refused)
    #expect(pi.exists(".ssh/authorized_keys"))
  }

  @Test("chown gives a file away and back, once", .enabled(if: getuid() == 0), arguments: ShellHost.shells)
  func owners(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    try pi.put("f", "x")
    let give: [String: LuaValue] = ["path": .string("~/f"), "owner": .string("daemon:1234")]
    let done = try await pi.call(.chown, give)
    #expect(done.changed == true)
    #expect(done["owner"] == .integer(1))
    #expect(done["group"] == .integer(1234))
    #expect(try await pi.call(.chown, give).changed == false)
    let group: [String: LuaValue] = ["path": .string("~/f"), "owner": .string(":daemon")]
    #expect(try await pi.call(.chown, group)["owner"] == .integer(1))
    let nobody: [String: LuaValue] = ["path": .string("~/f"), "owner": .string("no-such-user")]
    #expect(try await pi.failure(.chown, nobody).message == "there is no user \"no-such-user\" on the host")
  }
}
