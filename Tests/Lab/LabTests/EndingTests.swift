import Foundation
import Testing

/// A run that is ended in the middle: the host is as before or as after a whole step, and nothing of ours is left.
@Suite("endings", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct EndingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var kind: Lab.Kind
    var signal: Int32
    var asRoot: Bool
    var testDescription: String { "signal \(signal), \(kind.rawValue), \(asRoot ? "root" : "login")" }
  }

  static let commands = [
    Case(kind: .debian, signal: SIGINT, asRoot: false), Case(kind: .debian, signal: SIGTERM, asRoot: true),
    Case(kind: .debian, signal: SIGHUP, asRoot: false), Case(kind: .syno, signal: SIGINT, asRoot: true),
    Case(kind: .alpine, signal: SIGINT, asRoot: false),
  ]

  @Test(arguments: commands)
  func `a signal during a long command ends it on the host, and no later step begins`(_ ending: Case) async throws {
    let host = try await Lab.host(ending.kind)
    try await Operator.with { person in
      let run = try await Self.start(person, host, root: ending.asRoot)
      #expect(try await eventually { try await host.has("/tmp/began") })
      #expect(try await !host.processes(of: host.kind.user).isEmpty)
      #expect(run.processes.contains { $0.contains("ssh ") })
      run.send(ending.signal)
      let ended = try await run.end()
      #expect(ended.status == 130, "\(ended)")
      try await Self.expectNothingLeft(of: run, on: host)
      #expect(try await host.root("cd ~\(host.kind.user); cat one; [ -e three ] || echo no three") == "one\nno three")
    }
  }

  @Test func `Ctrl-C while the password is being looked for ends the login`() async throws {
    let host = try await Lab.host(.debian)
    let before = try await host.snapshot()
    try await Operator.with { person in
      let slow = "touch /root/asked; while [ ! -e /root/go ]; do sleep 0.05; done; printf raspberry"
      let run = try await Self.start(person, host, passwordCommand: slow)
      #expect(try await eventually { FileManager.default.fileExists(atPath: person.home + "/asked") })
      run.send(SIGINT)
      #expect(try await eventually { !run.processes.contains { $0.hasPrefix(Lab.binary) } })
      try person.write("go", "")
      #expect(try await run.end().status == 130)
      try await Self.expectNothingLeft(of: run, on: host)
      #expect(try await host.snapshot() == before)
    }
  }

  @Test func `Ctrl-C in the middle of a write lets it be finished, and nothing after it begins`() async throws {
    let host = try await Lab.host(.debian)
    try await Self.holdWrites(on: host)
    try await Operator.with { person in
      let run = try await Self.start(person, host)
      #expect(try await eventually { try await host.has("/tmp/moving") })
      run.send(SIGINT)
      #expect(try await eventually { try person.read("stderr").contains("Stopping after the current step") })
      try await host.root("touch /tmp/go")
      #expect(try await run.end().status == 130)
      #expect(try await host.root("cat /home/pi/one") == "one")
      #expect(try await !host.has("/tmp/began"))
      try await Self.expectNothingLeft(of: run, on: host)
    }
  }

  @Test func `a second Ctrl-C ends it at once, and what is left is cleaned up behind it`() async throws {
    let host = try await Lab.host(.debian)
    try await Self.holdWrites(on: host)
    try await Operator.with { person in
      let run = try await Self.start(person, host)
      #expect(try await eventually { try await host.has("/tmp/moving") })
      run.send(SIGINT)
      #expect(try await eventually { try person.read("stderr").contains("Stopping after the current step") })
      run.send(SIGINT)
      #expect(try await run.end().status == 130)
      try await host.root("touch /tmp/go")
      try await Self.expectNothingLeft(of: run, on: host)
    }
  }

  @Test(arguments: [(Lab.Kind.debian, false), (.debian, true), (.sysv, true), (.syno, true), (.alpine, false)])
  func `after kill -9 no shell of ours is left, here or there, and a long command ends`(
    _ kind: Lab.Kind, _ asRoot: Bool
  ) async throws {
    let host = try await Lab.host(kind)
    try await Operator.with { person in
      let run = try await Self.start(person, host, root: asRoot)
      #expect(try await eventually { try await host.has("/tmp/began") })
      #expect(try await !host.processes(of: kind.user).isEmpty)
      run.send(SIGKILL)
      #expect(try await run.end().status == 128 + SIGKILL)
      try await Self.expectNothingLeft(of: run, on: host)
    }
  }

  private static func start(
    _ person: Operator, _ host: LabHost, root: Bool = false, command: String = "sleep 307",
    passwordCommand: String? = nil
  ) async throws -> Running {
    try await person.trusts(host)
    try person.write(
      "ending.lua",
      """
      recipe {
        summary = "Is ended in the middle",
        hosts = { { "to", "The host" } },
        needs = { "run", "files", "root" },
        run = function(hosts)
          hosts.to:write("~/one", "one\\n")
          hosts.to:run("touch /tmp/began; \(command); sleep 0", { root = \(root) })
          hosts.to:write("~/three", "three\\n")
        end,
      }
      """)
    let password = host.kind.password
    return try await Running.start(
      person,
      [
        "run", "/root/ending.lua", host.target, "--yes", "--password-command", passwordCommand ?? "printf \(password)",
        "--sudo-password-command", "printf \(password)",
      ])
  }

  /// A `mv` that takes its time.
  private static func holdWrites(on host: LabHost) async throws {
    try await host.root(
      "cat >/usr/local/bin/mv && chmod 755 /usr/local/bin/mv",
      input: """
        #!/bin/sh
        touch /tmp/moving
        n=0
        while [ ! -e /tmp/go ] && [ $n -lt 12000 ]; do sleep 0.05; n=$((n + 1)); done
        exec /bin/mv "$@"

        """)
  }

  private static func expectNothingLeft(of run: Running, on host: LabHost) async throws {
    #expect(try await eventually { run.processes.isEmpty }, "left here: \(run.processes)")
    let isGone = try await eventually { try await host.processes(of: host.kind.user).isEmpty }
    let left = try await host.processes(of: host.kind.user)
    #expect(isGone, "left there: \(left)")
    #expect(run.sockets == [])
    // Root's shell outlives the account's for as long as it takes to look what the command has changed.
    let isTidy = try await eventually { try await host.temporaryFiles().isEmpty }
    let files = try await host.temporaryFiles()
    let difference = try await host.root(
      "for d in \(files.split(separator: "\n").joined(separator: " ")); do diff $d/before $d/after; done; true")
    #expect(isTidy, "left there: \(files)\n\(difference)")
  }
}
