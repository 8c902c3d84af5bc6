import Foundation
import Testing

@testable import Hosts

@Suite struct QuickExchangeTests {
  /// - Parameter list: the key exchange algorithms of an `ssh -G`.
  private func options(_ list: String) async throws -> [String] {
    try await with(list) { program in
      var options = OpenSSHOptions()
      options.program = program
      return await options.quickExchange(with: Target(host: "box"))
    }
  }

  private func with<Result>(_ list: String, _ body: (String) async -> Result) async throws -> Result {
    let program = FileManager.default.temporaryDirectory.appending(path: "ssh-\(UUID().uuidString)").path
    try Data("#!/bin/sh\necho 'host box'; echo 'kexalgorithms \(list)'\n".utf8).write(to: URL(fileURLWithPath: program))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    defer { try? FileManager.default.removeItem(atPath: program) }
    return await body(program)
  }

  @Test func `of the user's own algorithms, X25519 goes in front of sntrup761`() async throws {
    #expect(
      try await options("sntrup761x25519-sha512@openssh.com,ecdh-sha2-nistp256,curve25519-sha256")
        == ["KexAlgorithms=curve25519-sha256,sntrup761x25519-sha512@openssh.com,ecdh-sha2-nistp256"])
  }

  @Test(arguments: [
    "mlkem768x25519-sha256,sntrup761x25519-sha512,curve25519-sha256", "curve25519-sha256,ecdh-sha2-nistp256",
    "sntrup761x25519-sha512,ecdh-sha2-nistp256", "",
  ])
  func `others, and a list without X25519, stay as they are`(list: String) async throws {
    #expect(try await options(list) == [])
  }

  @Test func `a run on many hosts is told what the slow exchange takes`() async throws {
    let slow = "sntrup761x25519-sha512@openssh.com,curve25519-sha256"
    #expect(
      try await with(slow) { await KeyExchangeNote.text(hosts: 200, program: $0) }
        == "note: ssh's key exchange with 200 hosts takes about 13 s of processor time here; OpenSSH 10, here and on the "
        + "hosts, has a faster one")
    #expect(try await with(slow) { await KeyExchangeNote.text(hosts: 49, program: $0) } == nil)
    let quick = "mlkem768x25519-sha256,\(slow)"
    #expect(try await with(quick) { await KeyExchangeNote.text(hosts: 200, program: $0) } == nil)
  }
}
