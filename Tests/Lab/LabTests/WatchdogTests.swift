import Foundation
import Testing

@Suite("the watchdog on the host", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct WatchdogTests {
  /// What of a watchdog there is on a host.
  private static let traces =
    "ls -d /etc/.ssh-recipes.* /etc/ssh/.ssh-recipes.* /etc/systemd/system/ssh-recipes-* 2>/dev/null; "
    + "ps | grep '[/]watch ' || true"

  /// A recipe that edits and then does what `body` says; the watchdog waits for the proof `within` seconds.
  private static func recipe(_ body: String, within: Int = 120) -> String {
    """
    recipe {
      summary = "Edits sshd_config",
      hosts = { { "pi", "A host" } },
      needs = { "ssh", "run" },
      run = function(hosts)
        local pi = hosts.pi
        pi:edit_config { options = { X11Forwarding = "no", LoginGraceTime = "77" }, within = \(within) }
        \(body)
      end,
    }
    """
  }

  /// Keeps the run between the edit and its proof.
  private static let waitHere = "here:run 'touch /root/edited; until [ -e /root/go ]; do sleep 0.1; done'"

  /// Kills the program itself, above the shells that it has on this computer.
  private static let killUs = """
    here:run 'p=$PPID; until [ "$(ps -o comm= -p $p)" = ssh-recipes ]; do p=$(ps -o ppid= -p $p); done; kill -9 $p'
    """

  @Test(arguments: [Lab.Kind.debian, .sysv, .openrc, .trixie])
  func `an edit that is proved stays, and the watchdog goes`(_ kind: Lab.Kind) async throws {
    let host = try await Lab.host(kind)
    try await Operator.with { person in
      try person.write("edit.lua", Self.recipe("pi:restart_ssh {}"))
      let run = try await person.unattended("/root/edit.lua", host)
      #expect(run.status == 0, "\(run)")
      #expect(try await host.root("sshd -T 2>/dev/null | grep -i '^logingracetime'") == "logingracetime 77")
      #expect(try await host.root(Self.traces) == "")
      let again = try await person.unattended("/root/edit.lua", host)
      #expect(again.status == 0 && again.stdout.contains("Nothing had to be changed"), "\(again)")
    }
  }

  @Test func `an edit that nobody lets sshd read is read at the end of the run, with the proof`() async throws {
    let host = try await Lab.host(.debian)
    try await Operator.with { person in
      try person.write("edit.lua", Self.recipe(""))
      let run = try await person.unattended("/root/edit.lua", host)
      #expect(run.status == 0, "\(run)")
      #expect(run.stdout.contains("reload sshd, and log in anew to prove that it works"), "\(run)")
      #expect(try await host.root(Self.traces) == "")
    }
  }

  @Test func `a run that fails after an edit restores the files`() async throws {
    let host = try await Lab.host(.debian)
    let before = try await host.root("cat /etc/ssh/sshd_config")
    try await Operator.with { person in
      try person.write("edit.lua", Self.recipe("fail 'changed my mind'"))
      let run = try await person.unattended("/root/edit.lua", host)
      #expect(run.status == 1, "\(run)")
      #expect(try await host.root("cat /etc/ssh/sshd_config") == before)
      #expect(try await host.root(Self.traces) == "")
    }
  }

  /// The edit has a watchdog of its own only if its time is not the usual one.
  @Test(arguments: [(Lab.Kind.debian, 15), (.sysv, 15), (.logind, 15), (.debian, 120)])
  func `when we are killed after the edit, the host rolls itself back`(
    _ kind: Lab.Kind, within seconds: Int
  ) async throws {
    let host = try await Lab.host(kind)
    let before = try await host.root("cat /etc/ssh/sshd_config")
    try await Operator.with { person in
      try person.write("edit.lua", Self.recipe(Self.killUs, within: seconds))
      let run = try await person.unattended("/root/edit.lua", host)
      #expect(run.status == 128 + SIGKILL, "\(run)")
      try await Poll.until("the old configuration is restored") {
        let now = try await host.root("cat /etc/ssh/sshd_config")
        let traces = try await host.root(Self.traces)
        return now == before && traces == ""
      }
    }
  }

  @Test(arguments: [Lab.Kind.debian, .sysv])
  func `a run at the heels of one that was killed begins with what was there before, and its change stays`(
    _ kind: Lab.Kind
  ) async throws {
    let host = try await Lab.host(kind)
    try await Operator.with { person in
      try person.write("edit.lua", Self.recipe(Self.killUs))
      let cut = try await person.unattended("/root/edit.lua", host)
      #expect(cut.status == 128 + SIGKILL, "\(cut)")
      let plan = try await person.unattended("/root/edit.lua", host, command: "plan")
      #expect(plan.stderr.contains("an earlier run was cut off, and its watchdog"), "\(plan)")
      try person.write("edit.lua", Self.recipe("pi:restart_ssh {}"))
      let run = try await person.unattended("/root/edit.lua", host)
      #expect(run.status == 0 && run.stdout.contains("2 changes"), "\(run)")
      #expect(run.stderr.contains("rolled back the unproved changes of a run that was cut off"), "\(run)")
      #expect(try await host.root("sshd -T 2>/dev/null | grep -i '^logingracetime'") == "logingracetime 77")
      #expect(try await host.root(Self.traces) == "")
    }
  }

  @Test func `a recipe that hangs in Lua's collector ends the program, and the host rolls itself back`() async throws {
    let host = try await Lab.host(.debian)
    let before = try await host.root("cat /etc/ssh/sshd_config")
    try await Operator.with { person in
      try person.write("edit.lua", Self.recipe(Self.collectForEver, within: 15))
      let run = try await person.unattended("/root/edit.lua", host)
      #expect(run.status == 70, "\(run)")
      #expect(
        run.stderr.contains(
          """
          error: \(host.target): the recipe "edit" hangs inside one function of Lua, and nothing else can end it
            step    edit.lua:
          """), "\(run)")
      #expect(!run.stdout.contains(" 0.00 s"), "\(run)")
      try await Poll.until("the old configuration is restored") {
        let now = try await host.root("cat /etc/ssh/sshd_config")
        let traces = try await host.root(Self.traces)
        return now == before && traces == ""
      }
    }
  }

  /// Weak keys that name each other in no order: Lua's collector passes over all of them for every few that it can tell.
  private static let collectForEver = """
    local n, seed, keys, order, maps = 100000, 1, {}, {}, {}
        for i = 1, n do keys[i], order[i] = {}, i end
        for i = n, 2, -1 do
          seed = seed * 1103515245 + 12345 & 0x7fffffff
          order[i], order[seed % i + 1] = order[seed % i + 1], order[i]
        end
        local weak, first = { __mode = "k" }, keys[1]
        for i, at in ipairs(order) do maps[i] = setmetatable({ [keys[at]] = keys[at + 1] }, weak) end
        keys = nil
        for i = 1, 5000000 do local _ = { first } end
    """

  @Test func `when the host is switched off after the edit, it comes back as it was`() async throws {
    let host = try await Lab.host(.debian)
    let before = try await host.root("cat /etc/ssh/sshd_config")
    try await Operator.with { person in
      try person.write("edit.lua", Self.recipe(Self.waitHere))
      async let run = person.unattended("/root/edit.lua", host)
      try await Poll.until("the file is edited") {
        FileManager.default.fileExists(atPath: person.home + "/edited")
      }
      try await Lab.lab("kill", Lab.name, host.index)
      try person.write("go", "")
      try await Lab.lab("boot", Lab.name, host.index)
      try await Poll.until("the old configuration is restored") {
        let now = try await host.root("cat /etc/ssh/sshd_config")
        let traces = try await host.root(Self.traces)
        return now == before && traces == ""
      }
      #expect(try await run.status != 0)
    }
  }

  @Test(arguments: [Lab.Kind.debian, .trixie])
  func `a host whose socket is made from sshd_config comes back at the old port`(_ kind: Lab.Kind) async throws {
    try await Operator.with { person in
      let host = try await RehearsalTests.host(kind, person)
      try await PortTests.generateSocket(on: host)
      let before = try await host.root("cat /etc/ssh/sshd_config")
      try person.write(
        "edit.lua",
        Self.recipe(Self.waitHere).replacing("LoginGraceTime = \"77\"", with: "Port = 2222"))
      async let run = person.unattended("/root/edit.lua", host)
      try await Poll.until("the file is edited") { FileManager.default.fileExists(atPath: person.home + "/edited") }
      #expect(try await host.root("grep -x 'Port 2222' /etc/ssh/sshd_config") == "Port 2222")
      try await Lab.lab("kill", Lab.name, host.index)
      try person.write("go", "")
      // Ends well only where port 22 is listened at.
      try await Lab.lab("boot", Lab.name, host.index)
      #expect(try await PortTests.listening(host) == "0016")
      #expect(try await host.root("cat /etc/ssh/sshd_config") == before)
      try await Poll.until("nothing is left") { try await host.root(Self.traces) == "" }
      #expect(try await person.logsIn(to: host))
      #expect(try await run.status != 0)
    }
  }
}

/// Waits for a state, for ten minutes: a busy computer is no failure.
enum Poll {
  static func until(_ what: String, _ isSo: () async throws -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(600)
    while try await !isSo() {
      guard ContinuousClock.now < end else { throw LabError("waited ten minutes in vain: \(what)") }
      try await Task.sleep(for: .milliseconds(200))
    }
  }
}
