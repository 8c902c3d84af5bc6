import Foundation
import Testing

/// Many hosts, more than one machine, and what meets again afterwards.
@Suite("waves, shards and reports", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct ShardLabTests {
  /// Waits on the host until it is let go, between two changes.
  private static let slow = """
    recipe {
      summary = "Waits in the middle",
      hosts = { { "to", "The host" } },
      needs = { "run", "files" },
      run = function(hosts)
        local to = hosts.to
        to:write("~/first", "text\\n")
        to:run("touch /tmp/began; while [ ! -e /tmp/go ]; do sleep 0.1; done", { creates = "/tmp/go" })
        to:write("~/second", "text\\n")
      end,
    }
    """

  @Test func `a second attempt at a shard waits for the first, and then has little to do`() async throws {
    let host = try await Lab.host(.debian)
    try await Operator.with { first in
      try await Operator.with { second in
        let arguments = [
          "run", "/root/slow.lua", host.target, "--shard", "1/1", "--accept-new", "--password-command",
          "printf \(host.password)",
        ]
        try first.write("slow.lua", Self.slow)
        try second.write("slow.lua", Self.slow)
        let one = try await Running.start(first, arguments)
        try #require(try await eventually { try await host.has("/tmp/began") })
        let two = try await Running.start(second, arguments)
        try #require(try await eventually { try second.read("stdout").contains("; once more in ") })
        try await host.root("touch /tmp/go")
        let ended = try await one.end()
        #expect(ended.status == 0, "\(ended)")
        let again = try await two.end()
        #expect(again.status == 0, "\(again)")
        #expect(again.stdout.contains("Nothing had to be changed: everything is already in place"), "\(again)")
      }
    }
  }

  @Test func `a host out of reach is tried again, and a refused password is not`() async throws {
    let hosts = try await Lab.hosts(.debian, 2)
    try await Operator.with { person in
      try person.write("mark.lua", Operator.mark)
      try await hosts[1].root("echo pi:other | chpasswd")
      try await Lab.lab("link", Lab.name, hosts[0].index, "down")
      let arguments = Operator.line("/root/mark.lua", hosts, more: ["--retry", "9"]).dropFirst()
      let run = try await Running.start(person, Array(arguments.filter { $0 != "--output" && $0 != "plain" }))
      let isRepeated = try await eventually { try person.read("stdout").contains("attempt 2 of 10 in 1 s") }
      #expect(isRepeated)
      try await Lab.lab("link", Lab.name, hosts[0].index, "up")
      let ended = try await run.end()
      #expect(ended.status == 1, "\(ended)")
      #expect(ended.stdout.contains("Failed on 1 of 2 hosts after "), "\(ended)")
      #expect(ended.stdout.contains("For the remaining 1 host: the same command with --failed"), "\(ended)")
      #expect(try await hosts[0].has("/home/pi/mark"))
      let history = try await person.recipes("history").stdout
      #expect(history.hasSuffix("1 change, done; 1 of 2 hosts failed or were not begun\n"), "\(history)")
      let log = try await hosts[1].root("journalctl -q -o cat -u ssh | grep -c 'Failed password' || true")
      #expect(log == "1")
      try await hosts[1].root("echo pi:raspberry | chpasswd")
      let failed = try await person.run(
        [Lab.binary, "run", "/root/mark.lua", "--failed", "--output", "plain"]
          + ["--password-command", "printf raspberry"])
      #expect(failed.status == 0, "\(failed)")
      #expect(failed.stdout.contains("changed    \(hosts[1].target)"), "\(failed)")
      #expect(!failed.stdout.contains(hosts[0].target), "\(failed)")
    }
  }

  @Test func `shards meet in one report, and an undo from another home takes all of it, or some hosts`() async throws {
    let hosts = try await Lab.hosts(.debian, 3)
    try await Operator.with { person in
      try person.write("mark.lua", Operator.mark)
      for shard in 1...2 {
        let run = try await person.run(
          Operator.line("/root/mark.lua", hosts, more: ["--shard", "\(shard)/2", "--report", "\(shard).json"]))
        #expect(run.status == 0, "\(run)")
      }
      let half = try await person.recipes("report", "1.json")
      #expect(half.status == 1 && half.stderr == "error: no report of shard 2/2\n", "\(half)")
      let whole = try await person.recipes("report", "1.json", "2.json", "--output", "json", "--to", "all.json")
      #expect(whole.status == 0 && whole.stderr == "", "\(whole)")
      let report = try person.read("all.json")
      try await Operator.with { other in
        try other.write("all.json", report)
        let undo = { (more: [String]) in
          try await other.run(
            [Lab.binary, "undo", "--from", "all.json", "--output", "plain", "--accept-new", "--password-command"]
              + ["printf raspberry"] + more)
        }
        let one = try await undo(["--limit", hosts[1].target])
        #expect(one.status == 0, "\(one)")
        var marks: [Bool] = []
        for host in hosts { marks.append(try await host.has("/home/pi/mark")) }
        #expect(marks == [true, false, true])
        let rest = try await undo([])
        #expect(rest.status == 0 && rest.stdout.contains("2 changes undone"), "\(rest)")
        for host in hosts { #expect(try await !host.has("/home/pi/mark")) }
        let again = try await undo([])
        #expect(again.stderr.contains("there is nothing to undo: that was done already"), "\(again)")
      }
    }
  }
}
