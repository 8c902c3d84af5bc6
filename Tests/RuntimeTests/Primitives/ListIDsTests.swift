import Foundation
import Testing

@testable import Contract
@testable import Diagnosis
@testable import Formats
@testable import Hosts
@testable import Primitives
@testable import Values

@Suite struct ListIDsTests {
  private static let file = """
    # the laptop, and what was there before
    \(TestKeys.ed25519)

    #\(TestKeys.rsa)
    restrict,from="10.0.0.2" \(TestKeys.rsa)
    ssh-rsa AAAA damaged
    cert-authority \(TestKeys.bare(TestKeys.ed25519))

    """

  private static func entry(
    _ line: Int64, _ type: String, _ comment: String, _ fingerprint: String, options: String = ""
  ) -> LuaValue {
    .table([
      "type": .string(type), "comment": .string(comment), "fingerprint": .string(fingerprint),
      "options": .string(options), "line": .integer(line),
    ])
  }

  private static let entries: LuaValue = .list([
    entry(2, "ssh-ed25519", "alice@laptop", TestKeys.ed25519Fingerprint),
    entry(5, "ssh-rsa", "bob@desk", TestKeys.rsaFingerprint, options: "restrict,from=\"10.0.0.2\""),
    entry(7, "ssh-ed25519", "", TestKeys.ed25519Fingerprint, options: "cert-authority"),
  ])

  @Test("every shell lists the lines that are keys to sshd, and nothing changes", arguments: ShellHost.shells)
  func list(shell: [String]) async throws {
    let pi = try CopyIDTests.host(shell: shell)
    try pi.put(".ssh/authorized_keys", Self.file, mode: 0o600)
    let before = try pi.tree()
    let listed = try await pi.call(.listIDs)
    #expect(listed.value == Self.entries)
    #expect(listed.changed == nil)
    #expect(listed.what == "\(pi.home)/.ssh/authorized_keys: 3 keys")
    #expect(try pi.tree() == before)
  }

  @Test("a file that is not there gives an empty list, and is not made")
  func absent() async throws {
    let pi = try CopyIDTests.host()
    let listed = try await pi.call(.listIDs)
    #expect(listed.value == .list([]))
    #expect(listed.what == "\(pi.home)/.ssh/authorized_keys is not there")
    #expect(try pi.tree() == [])
  }

  @Test("a plan lists the key that an earlier step of the plan adds")
  func plan() async throws {
    let pi = try CopyIDTests.host()
    try await pi.call(.copyID, ["key": .string(TestKeys.ed25519)], plan: true)
    let listed = try await pi.call(.listIDs, plan: true)
    #expect(listed.value == .list([Self.entry(1, "ssh-ed25519", "alice@laptop", TestKeys.ed25519Fingerprint)]))
  }

  @Test("a file is listed even if it and its directory belong to somebody else", .enabled(if: getuid() == 0))
  func foreign() async throws {
    let pi = try CopyIDTests.host(userID: 1234)
    try pi.put(".ssh/authorized_keys", Self.file)
    #expect(try await pi.call(.listIDs).value == Self.entries)
    #expect(try await pi.failure(.copyID, ["key": .string(TestKeys.ed25519)]).cause == .wrongOwner)
  }

  @Test("a file that the account may not read is a failure, not an empty list", .enabled(if: getuid() == 0))
  func unreadable() async throws {
    let pi = try CopyIDTests.host(userID: 1234)
    try pi.put(".ssh/authorized_keys", Self.file, mode: 0o600)
    #expect(try await pi.failure(.listIDs).kind == .denied)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: pi.path(".ssh"))
    #expect(try await pi.failure(.listIDs).kind == .denied)
  }
}
