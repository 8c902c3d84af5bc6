import Foundation
import Testing

/// Where logind ends what an account has started as soon as its session is over (KillUserProcesses): a watchdog that is
/// not root's has to be elsewhere by then.
@Suite("ends of sessions", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct SessionEndTests {
  /// A change that root has no part in, and that each later login reads.
  private static func recipe(_ text: String) -> String {
    """
    recipe {
      summary = "Writes .bashrc",
      hosts = { { "pi", "A host" } },
      needs = { "files" },
      run = function(hosts) hosts.pi:write("~/.bashrc", "\(text)\\n") end,
    }
    """
  }

  @Test func `a watchdog that would end with the connection is refused before anything is changed`() async throws {
    let host = try await Lab.host(.logind)
    let before = try await host.root("cat /home/pi/.bashrc")
    try await Operator.with { person in
      try person.write("rc.lua", Self.recipe("true"))
      let run = try await person.unattended("/root/rc.lua", host)
      #expect(run.status == 1, "\(run)")
      #expect(
        run.errors(about: host) == """
          error: pi@ADDRESS: the watchdog that would restore everything could not be started, so nothing was changed
            step    rc.lua:LINE
            gate    watchdog
            cause   logind ends all that pi has started together with its session (KillUserProcesses), so if the connection broke, \
          nothing would roll this change back
            fix     sudo loginctl enable-linger pi   on the host, then run the recipe again

          """, "\(run)")
      #expect(try await host.root("cat /home/pi/.bashrc; ls -d /home/pi/.ssh-recipes.* 2>/dev/null || true") == before)
    }
  }

  @Test func `where the account may linger, its watchdog outlives us and the session, and restores`() async throws {
    let host = try await Lab.host(.logind)
    let before = try await host.root("cat /home/pi/.bashrc")
    // The watchdog counts its own sleeps; these are twenty times shorter.
    try await host.root(
      #"""
      loginctl enable-linger pi
      printf '#!/bin/sh\nexec /bin/sleep 0.05\n' >/usr/local/bin/sleep; chmod 755 /usr/local/bin/sleep
      """#)
    try await Operator.with { person in
      try person.write("rc.lua", Self.recipe("touch /tmp/read; /bin/sleep 307"))
      let line = Operator.line("/root/rc.lua", [host], command: "run", more: [])
      let run = try await Running.start(person, Array(line.dropFirst()))
      try await Poll.until("the proof waits for its answer") { try await host.has("/tmp/read") }
      run.send(SIGKILL)
      #expect(try await run.end().status == 128 + SIGKILL)
      try await Poll.until("the sessions are over") {
        try await host.root("loginctl list-sessions --no-legend | grep -c ' pi ' || true") == "0"
      }
      try await Poll.until("the old file is back") {
        try await host.root("cat /home/pi/.bashrc; ls -d /home/pi/.ssh-recipes.* 2>/dev/null || true") == before
      }
    }
  }

  @Test func `where the account may linger, the change is proved and stays`() async throws {
    let host = try await Lab.host(.logind)
    try await host.root("loginctl enable-linger pi")
    try await Operator.with { person in
      try person.write("rc.lua", Self.recipe("true"))
      let run = try await person.unattended("/root/rc.lua", host)
      #expect(run.status == 0, "\(run)")
      #expect(try await host.root("cat /home/pi/.bashrc; ls -d /home/pi/.ssh-recipes.* 2>/dev/null || true") == "true")
    }
  }
}
