import Foundation
import Testing

/// Every way in which a host can say no: one error, whole, and a host that is as before.
@Suite("failures", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct FailureTests {
  @Test(arguments: FailureCase.all)
  func `a failure is one clear error, and the host stays as it is`(_ failure: FailureCase) async throws {
    let host = try await Lab.host(failure.kind)
    try await host.root(failure.arranging)
    try await Operator.with { person in
      if failure.isKnown { try await person.trusts(host) }
      try person.write("root.lua", Self.asksForRoot)
      try person.write("closes.lua", Self.closes)
      let before = try await host.snapshot()
      let run = try await person.recipes(failure.arguments(for: host))
      #expect(run.errors(about: host) == failure.error)
      #expect(run.status == 1)
      #expect(try await host.snapshot() == before)
    }
  }

  @Test func `a key that is not the known one stops the run, whatever --accept-new says`() async throws {
    let host = try await Lab.host(.debian)
    try await Operator.with { person in
      try await person.trusts(host)
      try await Lab.lab("reset", Lab.name, host.index, "--new-key")
      let before = try await host.snapshot()
      let run = try await person.unattended("raspi_passwordless", host)
      #expect(
        run.errors(about: host) == """
          error: pi@ADDRESS: the host's key has changed
            step    Reach the Pi (raspi_passwordless.lua:LINE)
            cause   the host shows another key than the one in /root/.ssh/known_hosts: it was set up anew, another computer has \
          its address, or the connection is intercepted
            seen    the host shows FINGERPRINT; /root/.ssh/known_hosts:1 has another one
            fix     read the fingerprint on the host's own console: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub
                    only if the two are the same: ssh-keygen -R ADDRESS

          """)
      #expect(run.status == 1)
      #expect(try await host.snapshot() == before)
    }
  }

  @Test func `a host whose cable is out is said not to be reachable`() async throws {
    let host = try await Lab.host(.debian)
    try await Lab.lab("link", Lab.name, host.index, "down")
    try await Operator.with { person in
      let run = try await person.unattended("raspi_passwordless", host)
      #expect(run.errors(about: host) == FailureCase.noRoute)
      #expect(run.status == 1)
    }
    try await Lab.lab("link", Lab.name, host.index, "up")
  }

  @Test func `a wrong password is tried once where nobody can type another`() async throws {
    let host = try await Lab.host(.sysv)
    try await Operator.with { person in
      let run = try await person.recipes(
        ["run", "raspi_passwordless", host.target, "--accept-new", "--password-command", "printf wrong", "--yes"])
      #expect(run.status == 1, "\(run)")
      #expect(try await host.root("grep -c 'Failed password for pi ' /var/log/auth.log") == "1")
    }
  }

  @Test func `a file that can only be written in its place keeps its contents where the disk is full`() async throws {
    let host = try await Lab.host(.debian)
    let path = "/home/pi/small/f"
    try await host.root(
      """
      mkdir /home/pi/small; \(FailureCase.small(at: "/home/pi/small"))
      echo old >\(path); chown pi: \(path); setfacl -m u:ada:r \(path); \(FailureCase.fill("/home/pi/small"))
      """)
    try await Operator.with { person in
      try person.write("much.lua", Self.writesMuch)
      let run = try await person.unattended("/root/much.lua", host)
      #expect(
        run.errors(about: host) == """
          error: pi@ADDRESS: could not replace \(path)
            step    Write much (much.lua:LINE)
            cause   \(path) could not be written, since its file system has no room left; what was there before is as it was
            seen    cat: write error: No space left on device; tmpfs on /home/pi/small: 16 KiB, 0 KiB of them free
            fix     make room there; to see what takes it: sudo du -xk /home/pi/small | sort -n | tail
                    where room seems to be free, the inodes are used up: df -i /home/pi/small
                    then run it again: what is done already is not done twice

          """)
      #expect(run.status == 1)
      #expect(
        try await host.root("cat \(path); ls -A /home/pi/small; ls -A /tmp | grep ssh-recipes || true")
          == "old\nf\nfill")
    }
  }

  static let closes = """
    recipe {
      summary = "Closes something",
      hosts = { { "to", "The host" } },
      needs = { "ssh", "root" },
      run = function(hosts)
        step "Close it"
        hosts.to:edit_config { options = { X11Forwarding = "no" } }
        hosts.to:restart_ssh {}
      end,
    }
    """

  static let writesMuch = """
    recipe {
      summary = "Writes much",
      hosts = { { "to", "The host" } },
      needs = { "files" },
      run = function(hosts)
        step "Write much"
        hosts.to:write("~/small/f", string.rep("x", 12000))
      end,
    }
    """

  static let asksForRoot = """
    recipe {
      summary = "Asks for root",
      hosts = { { "to", "The host" } },
      needs = { "run", "root" },
      run = function(hosts)
        step "Become root"
        hosts.to:run("id -u", { root = true, reads = true })
      end,
    }
    """
}

extension Operator {
  /// Puts the host's key into `known_hosts`, as an earlier login would have done.
  func trusts(_ host: LabHost) async throws {
    try write(".ssh/known_hosts", try await Lab.lab("hostkey", Lab.name, host.index).stdout)
  }

  /// `ssh-recipes` with these arguments, its output plain.
  func recipes(_ arguments: [String]) async throws -> Finished {
    try await run([Lab.binary] + arguments + ["--output", "plain"])
  }
}

extension Finished {
  /// The errors as they stand on the screen, without what differs from run to run.
  func errors(about host: LabHost) -> String {
    let text = stderr.firstRange(of: "error: ").map { String(stderr[$0.lowerBound...]) } ?? ""
    return text.replacing(host.address, with: "ADDRESS")
      .replacing(#/SHA256:[A-Za-z0-9+/]{43}/#, with: "FINGERPRINT")
      .replacing(#/\.lua:[0-9]+/#, with: ".lua:LINE")
      .replacing(#/'[^']*\/\.ssh-recipes\.[a-z0-9]+(\.run)?'/#, with: "'WATCHDOG'")
      .replacing(#/(up|than) \d+ seconds/#, with: { "\($0.output.1) SOME seconds" })
      .replacing(#/overlay on ([^:]*): .*free/#, with: { "overlay on \($0.output.1): SIZE" })
  }
}
