import Foundation
import Inventory
import Runs
import Testing

@testable import ssh_recipes

/// The hosts that `--failed` and `undo --limit` take.
@Suite struct FailedHostsTests {
  private static func among(_ words: [String]) throws -> [String] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "failed-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var failed = FailedHosts(of: "close")
    failed.store = FailedHostsStore(beside: folder + "/runs")
    try failed.store.remember(["pi@web1:2222", "web2", "db1"], of: "close")
    return try failed.among(words)
  }

  @Test func `words and patterns choose from the hosts that failed`() throws {
    #expect(try Self.among([]) == ["pi@web1:2222", "web2", "db1"])
    #expect(try Self.among(["db1", "pi@web1:2222", "web9"]) == ["db1", "pi@web1:2222"])
    #expect(try Self.among(["*web*"]) == ["pi@web1:2222", "web2"])
    #expect(try Self.among(["all", "!web2"]) == ["pi@web1:2222", "db1"])
    #expect(try Self.among(["web9"]) == [])
    #expect(try Self.among(["x*"]) == [])
  }

  @Test func `a pattern of undo leaves the hosts of a group`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "hosts-\(UUID().uuidString).ini")
    try "[web]\nweb1\nweb2\n[db]\ndb1\n".write(to: folder, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: folder) }
    func left(_ words: String...) async throws -> [String] {
      let options = try InventoryOptions.parse(["-i", folder.path] + words)
      let hosts = ["web1", "pi@web9:2222", "db1"].map { HostChoice.Chosen(name: $0) }
      return try await HostChoice(options).limited(hosts, ["the command"]).map(\.name)
    }
    #expect(try await left("--limit", "web") == ["web1"])
    #expect(try await left("--limit", "web,pi@web9:2222") == ["web1", "pi@web9:2222"])
    #expect(try await left("--limit", "pi@web9:2222") == ["pi@web9:2222"])
    #expect(try await left("--exclude", "db") == ["web1", "pi@web9:2222"])
    #expect(try await left("--limit", "!web1") == ["pi@web9:2222", "db1"])
    let typo = await #expect(throws: CommandFailure.self) { try await left("--limit", "wbe") }
    #expect(typo?.lines == ["error: no host or group matches \"wbe\"; did you mean \"web\"?"])
  }
}
