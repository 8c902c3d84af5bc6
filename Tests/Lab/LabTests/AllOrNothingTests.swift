import Foundation
import Testing

/// Several hosts, of which one does not come to its end.
@Suite("all or nothing", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct AllOrNothingTests {
  private static let recipe = """
    recipe {
      summary = "Edits sshd_config, and proves it",
      hosts = { { "pi", "A host" } },
      needs = { "ssh", "files" },
      run = function(hosts)
        hosts.pi:write("~/mark", "text\\n")
        hosts.pi:edit_config { options = { LoginGraceTime = "77" } }
        hosts.pi:restart_ssh {}
      end,
    }
    """

  /// From the next reload on nobody but root is let in, until the one after it.
  private static let refuseAfterReload = """
    mkdir -p /etc/systemd/system/ssh.service.d
    printf '[Service]\\nExecReload=\\nExecReload=/bin/kill -HUP $MAINPID\\nExecReload=/bin/sh -c "%s"\\n' \
      'if [ -e /run/nologin ]; then rm /run/nologin; else echo closed >/run/nologin; fi' \
      >/etc/systemd/system/ssh.service.d/refuse.conf
    systemctl daemon-reload
    """

  private static func grace(_ host: LabHost) async throws -> String {
    try await host.root("sshd -T 2>/dev/null | grep -i '^logingracetime'; cat /home/pi/mark 2>/dev/null || true")
  }

  @Test func `a host that fails its proof is rolled back, and the others stand`() async throws {
    let hosts = try await Lab.hosts(.debian, 3)
    try await hosts[1].root(Self.refuseAfterReload)
    try await Operator.with { person in
      try person.write("edit.lua", Self.recipe)
      let run = try await person.run(Operator.line("/root/edit.lua", hosts))
      #expect(run.status == 3, "\(run)")
      #expect(try await Self.grace(hosts[0]) == "logingracetime 77\ntext")
      #expect(try await Self.grace(hosts[1]) == "logingracetime 120\ntext")
      #expect(try await Self.grace(hosts[2]) == "logingracetime 77\ntext")
    }
  }

  @Test func `with all or nothing, every host is as before, and one login a host was enough`() async throws {
    let hosts = try await Lab.hosts(.debian, 3)
    try await hosts[1].root(Self.refuseAfterReload)
    // Debian's sudo leaves it at the first use.
    for host in hosts { try await host.root("cd /home/pi; : >.sudo_as_admin_successful; chown pi:pi .sudo*") }
    let before = [try await hosts[0].snapshot(), try await hosts[1].snapshot(), try await hosts[2].snapshot()]
    try await Operator.with { person in
      try person.write("edit.lua", Self.recipe)
      let run = try await person.run(Operator.line("/root/edit.lua", hosts, more: ["--all-or-nothing"]))
      #expect(run.status == 3, "\(run)")
      #expect(run.stdout.contains("Undo what was changed: not all came to their end"), "\(run)")
      #expect(run.stdout.contains("Rolled back after") && run.stdout.contains("changes were undone."), "\(run)")
      for (host, snapshot) in zip(hosts, before) {
        #expect(try await host.changed(since: snapshot) == [], "\(run)")
        #expect(try await Self.grace(host) == "logingracetime 120")
        #expect(try await host.locks() == "")
        // The run's own login, the proof, and the proof after the old configuration was read again.
        let logins = try await host.root("journalctl -u ssh -o cat | grep -c 'Accepted ' || true")
        #expect(["2", "3"].contains(logins), "\(logins)")
      }
      // All were undone, so all are left to do.
      let again = try await person.run([
        Lab.binary, "plan", "/root/edit.lua", "--failed", "--password-command", "printf raspberry",
      ])
      #expect(again.stdout.contains("9 changes would be made"), "\(again)")
      // `undo` would not take the undone run again.
      let undo = try await person.recipes("undo", "--password-command", "printf raspberry")
      #expect(undo.stderr.contains("there is no run to undo"), "\(undo)")
    }
  }

  @Test func `what somebody has changed meanwhile is left, named, and the run has failed`() async throws {
    let hosts = try await Lab.hosts(.debian, 3)
    try await Operator.with { person in
      try person.write(
        "mark.lua",
        #"""
        recipe {
          summary = "Leaves a mark, and waits for the others",
          hosts = { { "pi", "A host" } },
          needs = { "files", "run" },
          run = function(hosts)
            local pi = hosts.pi
            pi:write("~/mark", "text\n")
            pi:run { "until [ -e /tmp/go ] || [ -e /tmp/fail ]; do sleep 0.1; done; [ ! -e /tmp/fail ]", reads = true }
          end,
        }
        """#)
      async let run = person.run(
        Operator.line("/root/mark.lua", hosts, more: ["--all-or-nothing", "--output", "json"]))
      for host in hosts {
        try await Poll.until("the mark is there") { try await host.has("/home/pi/mark") }
      }
      try await hosts[0].root("echo mine >>/home/pi/mark; touch /tmp/go")
      try await hosts[1].root("touch /tmp/go")
      try await hosts[2].root("touch /tmp/fail")
      let ended = try await run
      #expect(ended.status == 1, "\(ended)")
      #expect(
        ended.stdout.contains(
          #""taken_back":{"changes":2,"complete":false,"kept":["left alone on \#(hosts[0].target): /home/pi/mark was changed since"]}"#
        ), "\(ended)")
      #expect(try await hosts[0].root("cat /home/pi/mark") == "text\nmine")
      #expect(try await !hosts[1].has("/home/pi/mark"))
      #expect(try await !hosts[2].has("/home/pi/mark"))
    }
  }

  @Test func `a signal undoes as well`() async throws {
    let hosts = try await Lab.hosts(.sysv, 2)
    try await Operator.with { person in
      try person.write(
        "wait.lua",
        #"""
        recipe {
          summary = "Waits",
          hosts = { { "pi", "A host" } },
          needs = { "files", "run" },
          run = function(hosts)
            hosts.pi:write("~/mark", "text\n")
            if hosts.pi.address == "\#(hosts[1].address)" then hosts.pi:run { "touch /tmp/began; sleep 307", timeout = 400 } end
          end,
        }
        """#)
      let run = try await Running.start(
        person,
        ["run", "/root/wait.lua"] + hosts.map(\.target) + [
          "--all-or-nothing", "--accept-new", "--yes", "--password-command", "printf raspberry",
        ])
      #expect(try await eventually { try await hosts[1].has("/tmp/began") })
      #expect(try await eventually { try await hosts[0].has("/home/pi/mark") })
      run.send(SIGINT)
      let ended = try await run.end()
      #expect(ended.status == 130, "\(ended)")
      for host in hosts { #expect(try await !host.has("/home/pi/mark"), "\(ended)") }
    }
  }
}
