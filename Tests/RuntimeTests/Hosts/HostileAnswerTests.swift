import Testing

@testable import Formats
@testable import Hosts
@testable import LoginSafety

/// A host may give any answer; no answer may end the program, since other hosts are at work in the same run.
@Suite struct HostileAnswerTests {
  @Test(
    "the size of a file may be any number", arguments: ["-1", "9223372036854775807", "-9223372036854775808", "0x10"])
  func size(number: String) {
    let listing = "-rw-r--r-- 1 0 0 5 Nov 21 05:06 /a"
    let output = "path /a\n\(listing)\ndata \(number)\nhello\npath /b\n\(listing)\ndata 5\nhello\n"
    let failed = #expect(throws: HostError.self) { try FileProbe.parse(Array(output.utf8)[...]) }
    guard case .unclear? = failed else {
      Issue.record("\(failed.map { "\($0)" } ?? "nothing")")
      return
    }
  }

  @Test("a listing with negative numbers is none")
  func listing() {
    #expect(ListingLine("-rw-r--r-- -1 0 0 5 Nov 21 05:06 /a") == nil)
    #expect(ListingLine("-rw-r--r-- 1 0 0 -5 Nov 21 05:06 /a") == nil)
  }

  @Test("the start of a run that holds a lock may be any number")
  func lock() {
    let oldest = LockHolder("run:me@desk:-9223372036854775808:-1:birth")
    #expect(oldest.text(now: .max) == "run, from me@desk")
    #expect(oldest.process == nil)
    #expect(LockHolder("run:me@desk:0:0:birth").process == nil)
    #expect(LockHolder("run:me@desk:0:1:birth").process == nil)
    #expect(LockHolder("run:me@desk:0:4711:birth").text(now: .max) == "run, from me@desk, since 2562047788015215 hours")
    #expect(LockHolder("run:me@desk:9:4711:birth").text(now: .min) == "run, from me@desk")
  }

  @Test("a port that is none is unknown", arguments: ["-22", "0", "65536", "9223372036854775807"])
  func port(number: String) {
    var facts = Facts()
    facts.connection = "192.0.2.7 50000 192.0.2.20 \(number)"
    #expect(facts.serverPort == nil)
  }

  @Test(
    "files of sshd's configuration that include each other are read a limited number of times", .timeLimit(.minutes(1)))
  func includes() {
    let files = Dictionary(uniqueKeysWithValues: (0..<20).map { ("/\($0)", Array("Include *\nUsePAM no\n".utf8)) })
    let tree = SSHDConfigTree(main: "/0", files: files, resolved: ["*": Array(files.keys)])
    #expect(tree.occurrences.count <= SSHDConfigTree.mostReadings)
    #expect(tree.firstValue(of: "UsePAM") == ["no"])
    #expect(tree.reaches("/0", ["/7"]))
    #expect(!tree.reaches("/0", ["/elsewhere"]))
    #expect(tree.flattened(changed: ["/7"]) == nil)
  }

  @Test("of a server's notes, a limited number is kept")
  func notes() {
    let log = SSHClientLog((0..<100_000).map { "debug1: Remote: note \($0)\n" }.joined())
    #expect(log.remoteNotes.count == 100)
  }
}
