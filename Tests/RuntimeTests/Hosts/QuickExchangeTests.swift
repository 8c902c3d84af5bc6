import Foundation
import Testing

@testable import Hosts

@Suite struct QuickExchangeTests {
  /// - Parameter list: the key exchange algorithms of an `ssh -G`.
  private func options(_ list: String) async throws -> [String] {
    let program = FileManager.default.temporaryDirectory.appending(path: "ssh-\(UUID().uuidString)").path
    try Data("#!/bin/sh\necho 'kexalgorithms \(list)'\n".utf8).write(to: URL(fileURLWithPath: program))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    defer { try? FileManager.default.removeItem(atPath: program) }
    var options = OpenSSHOptions()
    options.program = program
    return await options.quickExchange(with: Target(host: "box"))
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
}
