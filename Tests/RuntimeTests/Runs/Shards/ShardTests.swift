import Foundation
import Testing

@testable import Hosts
@testable import Runs

@Suite struct ShardTests {
  private static let hosts = (1...10_000).map { "host\($0).example.org" }

  @Test func `a name's shard never changes`() {
    let shards = ["pi.lan", "nas1 nas2", "pi.lan:2222", "[2001:db8::1]", ""].map { Shard.index(of: $0, among: 500) }
    #expect(shards == [392, 421, 413, 462, 2])
  }

  @Test func `each host is in exactly one shard, and the shards are about equal`() {
    let sizes = (1...20).map { index in Self.hosts.count { Shard(index, of: 20)?.contains($0) == true } }
    #expect(sizes.reduce(0, +) == Self.hosts.count)
    // Of 10,000 in 20 shards, five standard deviations are 109.
    #expect(sizes.allSatisfy { abs($0 - 500) < 109 }, "\(sizes)")
  }

  @Test func `a further shard takes its share and moves no other host`() {
    let before = Self.hosts.map { Shard.index(of: $0, among: 20) }
    let after = Self.hosts.map { Shard.index(of: $0, among: 21) }
    let moved = zip(before, after).filter { $0 != $1 }
    #expect(moved.allSatisfy { $0.1 == 21 })
    #expect(abs(moved.count - Self.hosts.count / 21) < 109, "\(moved.count)")
  }

  @Test(arguments: [
    ("pi@Pi.lan", "pi.lan"), ("pi.lan:22", "pi.lan"), ("ada@pi.lan:2222", "pi.lan:2222"), ("nas", "nas"),
  ])
  func `the account and the usual port do not decide`(target: String, name: String) throws {
    #expect(try Target(parsing: target).canonicalName == name)
  }

  @Test func `a host of an inventory stays in its shard when its address changes`() throws {
    var host = try Target(parsing: "admin@10.0.0.5:2222")
    for (label, name) in [("Web1", "web1"), ("pi@web1", "web1"), ("web1:2200", "web1:2200")] {
      host.label = label
      #expect(host.canonicalName == name)
    }
  }

  @Test(arguments: ["", "0/4", "5/4", "1", "1/2/3", "a/b", "-1/4", "1/0"])
  func `a shard is I of N`(text: String) { #expect(Shard(text) == nil) }

  @Test func `attempts at a shard are known by the ID, and no others`() {
    let tags = [Shard("1/4"), Shard("2/4"), Shard("1/5")].compactMap(\.self).map { ShardTag.text($0, of: "mine") }
    #expect(Set(tags).count == 3)
    #expect(ShardTag.text(in: "20261129-012737-wnr\(tags[0])-2") == tags[0])
    #expect(ShardTag.text(in: "20261129-012737-wnr-2") == nil)
    #expect(ShardTag.text(in: "20261129-012737-wnr") == nil)
  }

  @Test func `the attempts at a shard that were cut off come before the one that succeeded`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "attempts-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func write(_ id: String, _ outcome: RecordedOutcome?) throws {
      let journal = Journal(runID: id, folder: .init(folder), recipe: "mine", hosts: ["a"])
      try journal.write(.done(act: 1))
      if let outcome { journal.close(as: outcome) }
    }
    let mine = ShardTag.text(try #require(Shard("1/4")), of: "mine")
    let other = ShardTag.text(try #require(Shard("2/4")), of: "mine")
    try write("20261129-010000-aaa\(mine)", nil)
    try write("20261129-020000-bbb\(mine)", .done)
    try write("20261129-030000-ccc\(mine)-1", nil)
    try write("20261129-030000-ccc\(mine)-2", .done)
    try write("20261129-030000-ccc\(other)", nil)
    try write("20261129-040000-ddd", nil)
    try write("20261129-050000-eee\(mine)", nil)
    let last = "20261129-060000-fff\(mine)"
    try write(last, .done)
    let history = History(folder: folder)
    #expect(
      history.cutOffAttempts(before: last) == ["20261129-030000-ccc\(mine)", "20261129-050000-eee\(mine)"])
    #expect(
      history.lines(ofCommand: "20261129-030000-ccc\(mine)").map(\.run)
        == ["20261129-030000-ccc\(mine)-1", "20261129-030000-ccc\(mine)-2"])
  }

  @Test func `a command works on its shard alone, and an empty one is success`() async throws {
    let hosts = (1...12).map { "ok\($0)" }
    var seen: [String] = []
    for index in 1...3 {
      let shard = try #require(Shard(index, of: 3))
      let played = try await WaveStage.play(hosts, Schedule(), forks: 1, shard: shard)
      #expect(played.report.failures == [])
      #expect(played.report.shard == shard)
      seen += played.report.hosts
    }
    #expect(seen.sorted() == hosts.sorted())
    let empty = try #require((1...100).compactMap { Shard($0, of: 100) }.first { !$0.contains("ok1") })
    let played = try await WaveStage.play(["ok1"], Schedule(), shard: empty)
    #expect(played.report.outcome == .unchanged)
    #expect(played.report.hosts == [])
    #expect(played.lines == [])
  }
}
