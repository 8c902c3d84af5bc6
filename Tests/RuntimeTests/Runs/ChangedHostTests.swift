import Foundation
import Testing

@testable import Diagnosis
@testable import Hosts
@testable import Recipes
@testable import Runs

/// Undo, after a name has come to lead to another host, or a home has moved.
@Suite struct ChangedHostTests {
  static let pi = host {
    ($0.hostKey, $0.machine, $0.hostName) = ("SHA256:a", "0123456789ab", "pi4")
    ($0.connection, $0.user) = ("10.0.0.1 50000 10.0.0.2 22", "pi")
    ($0.home, $0.physicalHome) = ("/home/pi", "/srv/pi")
  }

  private static func host(_ change: (inout Facts) -> Void) -> RecordedHost {
    var facts = Facts()
    change(&facts)
    return RecordedHost(facts)
  }

  private static let now: [(String, key: String?, machine: String?, name: String, isSame: Bool)] = [
    ("the same", "SHA256:a", "0123456789ab", "pi4", true),
    ("another name", "SHA256:a", "0123456789ab", "pi5", true),
    ("a new host key", "SHA256:b", "0123456789ab", "pi4", true),
    ("a number drawn at each boot", "SHA256:a", "ba9876543210", "pi4", true),
    ("a number that is not known", "SHA256:a", nil, "pi5", true),
    ("another host", "SHA256:b", "ba9876543210", "nas", false),
    ("a new installation", "SHA256:b", "ba9876543210", "pi4", false),
    ("a new host key without a number", "SHA256:b", nil, "pi4", false),
    ("a copy of the image", "SHA256:b", "0123456789ab", "pi5", false),
    ("another member of a cluster", "SHA256:a", "ba9876543210", "pi5", false),
    ("no host key in ssh's log", nil, "0123456789ab", "pi5", true),
    ("no host key in ssh's log, and another number", nil, "ba9876543210", "pi4", false),
  ]

  @Test(arguments: now)
  func `a host is known by two of its marks`(
    _ what: String, key: String?, machine: String?, name: String, isSame: Bool
  ) {
    var now = Self.pi
    (now.key, now.machine, now.name) = (key, machine, name)
    #expect(Self.pi.isSameHost(as: now) == isSame, "\(what)")
    #expect(now.isSameHost(as: Self.pi) == isSame, "\(what)")
  }

  @Test func `two cards from one image have host keys and addresses of their own`() {
    var other = Self.pi
    (other.key, other.address) = ("SHA256:b", "10.0.0.3")
    #expect(!Self.pi.isSameHost(as: other))
    // A new address alone is no other host.
    other.key = Self.pi.key
    #expect(Self.pi.isSameHost(as: other))
  }

  @Test(arguments: [false, true])
  func `a name that leads to another host is told, and nothing is undone there`(isPlan: Bool) async throws {
    try await Stage.with { stage in
      try await stage.run()
      let other = Stage.Place(home: "b", hostKey: "SHA256:b", name: "nas-b", machine: "b", address: "10.0.0.3")
      let report = try await stage.undo(at: other, isPlan: isPlan)
      let failure = try #require(report.failures.first)
      #expect(failure.message == "this is another host than the one that was changed, so nothing was undone here")
      #expect(
        failure.seen == [
          "changed: nas-a at 10.0.0.2, with the host key SHA256:a",
          "now:     nas-b at 10.0.0.3, with the host key SHA256:b",
          "stays:   create \(stage.path("a/mark"))",
        ])
      let id = try #require(stage.past?.id)
      #expect(
        failure.fix == [
          "let nas lead to nas-a again, which had the address 10.0.0.2: by ~/.ssh/config, the inventory or the name service",
          "then: ssh-recipes undo \(id)",
        ])
      #expect(stage.past?.runs.map(\.undone) == [nil])
      // `--force` is for items, not for other hosts.
      #expect(try await stage.undo(at: other, isPlan: isPlan, force: true).failures.first?.message == failure.message)
      #expect(stage.text("a/mark") == "text\n")
      let back = try await stage.undo(at: Stage.Place())
      #expect(back.failures == [] && stage.text("a/mark") == nil, "\(back)")
    }
  }

  @Test func `a new host key of the same machine is told, and the run is undone`() async throws {
    try await Stage.with { stage in
      try await stage.run()
      let report = try await stage.undo(at: Stage.Place(hostKey: "SHA256:b"))
      #expect(report.failures == [] && stage.text("a/mark") == nil, "\(report)")
      #expect(report.next == ["nas: the host key is SHA256:b now, and was SHA256:a; the machine is the same"])
    }
  }

  @Test func `a host that was installed anew under its name is undone by force`() async throws {
    try await Stage.with { stage in
      try await stage.run()
      let place = Stage.Place(hostKey: "SHA256:b", machine: "b")
      let failure = try await stage.undo(at: place).failures.first
      let id = try #require(stage.past?.id)
      #expect(failure?.fix.last == "if this is the same host with a new host key: ssh-recipes undo \(id) --force")
      let report = try await stage.undo(at: place, force: true)
      #expect(report.failures == [] && stage.text("a/mark") == nil, "\(report)")
      #expect(report.warnings == ["nas: taken for the changed host because of --force"])
    }
  }

  @Test func `another account of the host undoes nothing`() async throws {
    try await Stage.with { stage in
      try await stage.run()
      let report = try await stage.undo(at: Stage.Place(user: "eve", userID: 4711))
      #expect(
        report.failures.map(\.message) == [
          "the login is eve's, and the changes are pi's, so nothing was undone here"
        ])
      #expect(stage.text("a/mark") == "text\n")
    }
  }

  @Test func `a journal of an earlier version is undone as before`() async throws {
    try await Stage.with { stage in
      try await stage.run()
      let path = stage.path("journals/\(try #require(stage.past?.id)).jsonl")
      let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
      let old = lines.filter { !$0.contains(#""kind":"met""#) }
      #expect(old.count == lines.count - 1)
      try Data(old.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: path))
      let report = try await stage.undo(at: Stage.Place(hostKey: "SHA256:b", name: "nas-b", machine: "b"))
      #expect(report.failures == [] && stage.text("a/mark") == nil, "\(report)")
    }
  }

  @Test func `the files of a home that was moved are found at the new place`() async throws {
    try await Stage.with { stage in
      try await stage.run()
      try FileManager.default.moveItem(atPath: stage.path("a"), toPath: stage.path("b"))
      let report = try await stage.undo(at: Stage.Place(home: "b"))
      #expect(report.failures == [] && stage.text("b/mark") == nil, "\(report)")
      let move = "nas: the home is \(stage.path("b")) now, and was \(stage.path("a"))"
      #expect(report.next == ["\(move); the changes are looked for there"])
    }
  }

  @Test func `the files of a home that stayed behind are undone where they are`() async throws {
    try await Stage.with { stage in
      try await stage.run()
      try FileManager.default.createDirectory(atPath: stage.path("b"), withIntermediateDirectories: false)
      let report = try await stage.undo(at: Stage.Place(home: "b"))
      #expect(report.failures == [] && stage.text("a/mark") == nil, "\(report)")
    }
  }

  @Test func `the files of a home that was copied are undone at both places`() async throws {
    try await Stage.with { stage in
      try await stage.run()
      try FileManager.default.copyItem(atPath: stage.path("a"), toPath: stage.path("b"))
      let report = try await stage.undo(at: Stage.Place(home: "b"))
      #expect(report.failures == [] && stage.text("a/mark") == nil && stage.text("b/mark") == nil, "\(report)")
    }
  }

  @Test func `a home of which nothing is left is told, and counts as undone by force`() async throws {
    try await Stage.with { stage in
      try await stage.run()
      try FileManager.default.moveItem(atPath: stage.path("a"), toPath: stage.path("away"))
      try FileManager.default.createDirectory(atPath: stage.path("b"), withIntermediateDirectories: false)
      let report = try await stage.undo(at: Stage.Place(home: "b"))
      let move = "the home is \(stage.path("b")) now, and was \(stage.path("a"))"
      let message = "\(move); neither place has what the run made, so nothing was undone"
      #expect(report.failures.map(\.message) == [message])
      #expect(stage.past?.runs.map(\.undone) == [nil])
      #expect(try await stage.undo(at: Stage.Place(home: "b"), force: true).failures == [])
      #expect(stage.past?.runs.allSatisfy { $0.undone != nil } == true)
    }
  }
}
