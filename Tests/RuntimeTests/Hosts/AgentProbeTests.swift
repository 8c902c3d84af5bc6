import Foundation
import Testing

@testable import Formats
@testable import Hosts

@Suite struct AgentProbeTests {
  @Test func `an agent that accepts and does not answer is told from one that answers, and from none`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "a\(UInt16.random(in: 0...9999))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.path + "/s"
    #expect(await AgentProbe.fault(of: path) == nil)
    let listener = try #require(UnixSocket.listen(at: path))
    defer { close(listener) }
    #expect(
      await AgentProbe.fault(of: path) == "the agent at \(path) accepts connections and does not answer")
  }

  /// ssh-add is the reference.
  @Test func `an agent's keys are those that ssh-add lists`() async throws {
    let folder = "/tmp/a\(UInt16.random(in: 0...9999))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let socket = folder + "/s"
    let agent = Process()
    agent.executableURL = URL(fileURLWithPath: "/usr/bin/ssh-agent")
    agent.arguments = ["-D", "-a", socket]
    agent.standardInput = FileHandle.nullDevice
    agent.standardOutput = FileHandle.nullDevice
    agent.standardError = FileHandle.nullDevice
    try agent.run()
    // The agent inherits the tests' blocked signals.
    defer { kill(agent.processIdentifier, SIGKILL) }
    for _ in 0..<500 where !FileManager.default.fileExists(atPath: socket) {
      try await Task.sleep(for: .milliseconds(10))
    }
    #expect(await AgentProbe.keys(of: socket) == .keys([]))
    let script = """
      export SSH_AUTH_SOCK=\(socket)
      ssh-keygen -q -t ed25519 -N '' -C 'one key' -f \(folder)/a && ssh-keygen -q -t rsa -N '' -f \(folder)/b || exit
      ssh-add -q \(folder)/a \(folder)/b && ssh-add -L
      """
    let shell = Process()
    let output = Pipe()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["-c", script]
    shell.standardOutput = output
    try shell.run()
    let lines = output.fileHandleForReading.readDataToEndOfFile().split(separator: 0x0A)
    shell.waitUntilExit()
    #expect(try await AgentProbe.keys(of: socket) == .keys(lines.map { try PublicKey(Array($0)) }))
    #expect(lines.count == 2)
  }
}
