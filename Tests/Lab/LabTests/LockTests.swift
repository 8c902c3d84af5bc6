import Foundation
import Testing

/// Two runs at the same account: one works, the other is told so and does nothing.
@Suite("the lock on a host", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct LockTests {
  /// Waits on the host until it is let go, after one change.
  private static func recipe(root: Bool) -> String {
    """
    recipe {
      summary = "Waits in the middle",
      hosts = { { "to", "The host" } },
      params = { { "name", "A file", default = "first" } },
      needs = { "run", "files", "root" },
      run = function(hosts, params)
        local to = hosts.to
        to:write("~/" .. params.name, "text\\n")
        if params.name == "first" then
          to:run("touch /tmp/began; while [ ! -e /tmp/go ]; do sleep 0.1 2>/dev/null || sleep 1; done", { root = \(root) })
        end
      end,
    }
    """
  }

  private static func start(_ person: Operator, _ host: LabHost, root: Bool) async throws -> Running {
    try await person.trusts(host)
    try person.write("slow.lua", recipe(root: root))
    let run = try await Running.start(
      person,
      [
        "run", "/root/slow.lua", host.target, "--yes", "--password-command", "printf \(host.password)",
        "--sudo-password-command", "printf \(host.password)",
      ])
    let began = try await eventually { try await host.has("/tmp/began") }
    let told = try person.read("stderr")
    try #require(began, "\(told)")
    // The watchdog over the run begins to use its own tools within a second, also for the next boot.
    let isWatched = try await eventually { try await host.root(usesOtherTools) == "" }
    #expect(isWatched)
    return run
  }

  private static let usesOtherTools =
    "grep -L /kit/ /etc/systemd/system/ssh-recipes-*.service /usr/local/etc/rc.d/ssh-recipes-* 2>/dev/null || true"

  private static func second(_ person: Operator, _ host: LabHost) async throws -> Finished {
    try await person.unattended("/root/slow.lua", host, more: ["--set", "name=second"])
  }

  @Test(arguments: [(Lab.Kind.debian, true), (.sysv, false), (.syno, true), (.alpine, false)])
  func `a second run names the first and does nothing, and works once that has ended`(
    _ kind: Lab.Kind, root: Bool
  ) async throws {
    let host = try await Lab.host(kind)
    try await Operator.with { person in
      let run = try await Self.start(person, host, root: root)
      let before = try await host.snapshot()
      let second = try await Self.second(person, host)
      #expect(second.status == 1, "\(second)")
      let sentence =
        /error: \S+ another run \([0-9]+-[0-9]+-[a-z]+, from \S+@\S+, since [0-9]+ (?:second|minute)s?\) is working on \S+\n/
      #expect(second.stderr.contains(sentence), "\(second)")
      #expect(try await host.changed(since: before) == [])
      let plan = try await person.unattended("/root/slow.lua", host, command: "plan", more: ["--set", "name=second"])
      #expect(plan.status == 2, "\(plan)")
      try await host.root("touch /tmp/go")
      #expect(try await run.end().status == 0)
      let third = try await Self.second(person, host)
      #expect(third.status == 0, "\(third)")
      #expect(try await host.root("cat ~\(host.user)/second") == "text")
      #expect(try await eventually { try await host.locks() == "" })
    }
  }

  @Test func `undo waits outside too, and reverses the run that worked, not the one that was refused`() async throws {
    let host = try await Lab.host(.debian)
    try await Operator.with { person in
      let run = try await Self.start(person, host, root: false)
      let refused = try await person.recipes("undo", "--password-command", "printf \(host.password)")
      #expect(refused.status == 1 && refused.stderr.contains("is working on \(host.target)"), "\(refused)")
      #expect(try await Self.second(person, host).status == 1)
      try await host.root("touch /tmp/go")
      #expect(try await run.end().status == 0)
      let undo = try await person.recipes("undo", "--password-command", "printf \(host.password)")
      #expect(undo.status == 0, "\(undo)")
      #expect(try await !host.has("/home/pi/first"))
    }
  }

  @Test func `two accounts of one host work side by side, but as root only one`() async throws {
    let host = try await Lab.host(.debian)
    try await Operator.with { person in
      let run = try await Self.start(person, host, root: true)
      let ada = host.asAda
      let own = try await Self.second(person, ada)
      #expect(own.status == 0, "\(own)")
      try person.write(
        "root.lua",
        #"""
        recipe {
          summary = "Writes as root",
          hosts = { { "to", "The host" } },
          needs = { "files", "root" },
          run = function(hosts) hosts.to:write { "/root/mine", "text\n", root = true } end,
        }
        """#)
      let refused = try await person.unattended("/root/root.lua", ada)
      #expect(refused.status == 1, "\(refused)")
      #expect(refused.stderr.contains("is working on \(ada.target) as root"), "\(refused)")
      #expect(try await !host.has("/root/mine"))
      try await host.root("touch /tmp/go")
      #expect(try await run.end().status == 0)
      #expect(try await person.unattended("/root/root.lua", ada).status == 0)
      #expect(try await host.locks() == "")
    }
  }

  @Test(arguments: [(Lab.Kind.debian, false), (.debian, true), (.syno, true), (.alpine, true)])
  func `a run that was killed does not keep the next one away`(_ kind: Lab.Kind, root: Bool) async throws {
    let host = try await Lab.host(kind)
    try await Operator.with { person in
      let run = try await Self.start(person, host, root: root)
      run.send(SIGKILL)
      #expect(try await run.end().status == 128 + SIGKILL)
      try await host.root("touch /tmp/go")
      #expect(try await eventually { try await host.locks() == "" })
      let next = try await Self.second(person, host)
      #expect(next.status == 0, "\(next)")
    }
  }

  @Test func `a run that ended while the cable was out does not keep the next one away`() async throws {
    let host = try await Lab.host(.debian)
    try await Operator.with { person in
      let run = try await Self.start(person, host, root: false)
      try await Lab.lab("link", Lab.name, host.index, "down")
      run.send(SIGTERM)
      #expect(try await run.end().status != 0)
      try await Lab.lab("link", Lab.name, host.index, "up")
      #expect(try await host.locks().contains(".lock"))
      let next = try await Self.second(person, host)
      #expect(next.status == 0, "\(next)")
      #expect(try await eventually { try await host.locks() == "" })
    }
  }

  @Test(arguments: [Lab.Kind.debian, .sysv])
  func `a lock from before the host was switched off is taken over, and told`(_ kind: Lab.Kind) async throws {
    let host = try await Lab.host(kind)
    try await Operator.with { person in
      let run = try await Self.start(person, host, root: false)
      let lock = try await host.root("ls -ld /home/pi/.ssh-recipes.*.lock | sed 's/.* -> //'")
      try await Lab.lab("kill", Lab.name, host.index)
      // Otherwise the run would log in again at the end, and release the lock.
      run.send(SIGKILL)
      #expect(try await run.end().status == 128 + SIGKILL)
      try await Lab.lab("boot", Lab.name, host.index)
      // Recipes may change the host's name.
      try await host.root("hostname renamed")
      let left = try await host.root("rm -f /tmp/go; ls -ld /home/pi/.ssh-recipes.*.lock | sed 's/.* -> //'")
      #expect(left == lock)
      let next = try await Self.second(person, host)
      #expect(next.status == 0, "\(next)")
      #expect(next.stdout.contains("a run that did not come to its end"), "\(next)")
      // The copies of the command's guard stay until the next command.
      #expect(try await !host.locks().contains(".lock"))
    }
  }

  @Test func `a home that cannot be written is locked as well`() async throws {
    let host = try await Lab.host(.debian)
    try await host.root("mount -t tmpfs tmpfs /home/pi && mount -o remount,ro /home/pi")
    try await Operator.with { person in
      try await person.trusts(host)
      try person.write(
        "tmp.lua",
        #"""
        recipe {
          summary = "Writes beside the home",
          hosts = { { "to", "The host" } },
          needs = { "run" },
          run = function(hosts) hosts.to:run "ls -ld /tmp/.ssh-recipes.*.lock >/tmp/seen" end,
        }
        """#)
      let run = try await person.unattended("/root/tmp.lua", host)
      #expect(run.status == 0, "\(run)")
      #expect(try await host.root("cat /tmp/seen").contains(" pi "))
      #expect(try await host.locks() == "")
    }
  }

  @Test func `this computer has a lock of its own`() async throws {
    let host = try await Lab.host(.debian)
    try await Operator.with { person in
      try await person.trusts(host)
      try person.write(
        "here.lua",
        #"""
        recipe {
          summary = "Works here",
          params = { { "name", "A file", default = "first" } },
          needs = { "files", "run" },
          run = function(_, params)
            here:write("~/" .. params.name, "text\n")
            if params.name == "first" then here:run "touch ~/began; while [ ! -e ~/go ]; do sleep 0.1; done" end
          end,
        }
        """#)
      let run = try await Running.start(person, ["run", "/root/here.lua", "--yes"])
      #expect(try await eventually { FileManager.default.fileExists(atPath: person.home + "/began") })
      let second = try await person.recipes("run", "/root/here.lua", "--set", "name=second")
      #expect(second.status == 1 && second.stderr.contains("is working on this computer"), "\(second)")
      try person.write("go", "")
      #expect(try await run.end().status == 0)
      #expect(try await person.recipes("run", "/root/here.lua", "--set", "name=second").status == 0)
    }
  }
}

extension LabHost {
  /// The locks that there are.
  func locks() async throws -> String {
    try await root(
      "find /tmp /home /root /volume1 -name '.ssh-recipes.*' 2>/dev/null; ls -d /run/ssh-recipes 2>/dev/null || true")
  }
}
