import Foundation
import Testing

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
}
