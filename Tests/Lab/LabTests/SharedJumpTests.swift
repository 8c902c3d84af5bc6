import Foundation
import Testing

/// One login to a jump host for all targets: through several jump hosts, refused, beside the user's own connection, and
/// after the program's end.
@Suite("shared logins to jump hosts", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct SharedJumpTests {
  /// Jump hosts that take the operator's key and no password, before targets that take a password.
  private static func hosts(
    _ person: Operator, jumps: Int = 1, targets: Int, by way: ([LabHost]) -> String
  ) async throws -> (jumps: [LabHost], targets: [LabHost]) {
    let all = try await Lab.hosts(.debian, jumps + targets)
    let (jumps, targets) = (Array(all.prefix(jumps)), Array(all.dropFirst(jumps)))
    try await person.shell("mkdir -p -m 700 .ssh; ssh-keygen -q -t ed25519 -N '' -f .ssh/id_ed25519")
    let key = try person.read(".ssh/id_ed25519.pub")
    for jump in jumps {
      try await jump.authorize(key)
      try await jump.root(
        "echo PasswordAuthentication no >/etc/ssh/sshd_config.d/01.conf; systemctl reload ssh")
    }
    try person.write("mark.lua", Operator.mark)
    let list = targets.map { "\($0.address) ansible_user=pi\n" }.joined()
    try person.write("hosts.ini", list + "[all:vars]\nssh_recipes_jump=\(way(jumps))\n")
    return (jumps, targets)
  }

  private static let arguments = [
    "run", "/root/mark.lua", "-i", "/root/hosts.ini", "all", "--accept-new", "--yes", "--password-command",
    "printf raspberry",
  ]
  private static let line = [Lab.binary] + arguments + ["--output", "plain"]

  @Test func `each of two jump hosts, one behind the other, lets one login in`() async throws {
    try await Operator.with { person in
      let (jumps, targets) = try await Self.hosts(person, jumps: 2, targets: 4) { "\($0[0].target),\($0[1].target)" }
      let run = try await person.run(Self.line)
      #expect(run.status == 0, "\(run)")
      for jump in jumps { #expect(try await jump.logins() == 1) }
      for target in targets { #expect(try await target.has("/home/pi/mark")) }
    }
  }

  @Test func `a login that a jump host refuses is tried once, whatever the number of targets`() async throws {
    try await Operator.with { person in
      let (jumps, targets) = try await Self.hosts(person, targets: 4) { "nobody@\($0[0].address)" }
      // One target after the other, so that the refusal is known before the next begins.
      let run = try await person.run(Self.line + ["--forks", "1"])
      #expect(run.status == 1, "\(run)")
      #expect(
        run.stderr.contains("at the jump host nobody@\(jumps[0].address): the server refused the login"), "\(run)")
      #expect(run.stdout.contains("Failed on 4 of 4 hosts after "), "\(run)")
      let tries = "journalctl -q -o cat -u ssh | grep -c 'authenticating user nobody' || true"
      // sshd writes its line after the connection has ended.
      #expect(try await eventually { try await jumps[0].root(tries) == "1" })
      for target in targets { #expect(try await target.logins() == 0) }
    }
  }

  @Test func `connections that the user shares already are used at a jump host, and never closed`() async throws {
    try await Operator.with { person in
      let (jumps, targets) = try await Self.hosts(person, targets: 3) { _ in "bastion" }
      try person.write(
        ".ssh/config",
        """
        Host bastion
          HostName \(jumps[0].address)
          User pi
        Host *
          ControlMaster auto
          ControlPath ~/.ssh/shared-%C
          ControlPersist 600
          StrictHostKeyChecking accept-new

        """)
      try person.write(
        "commands",
        """
        set -e
        own="ssh -o IdentityFile=~/.ssh/id_ed25519 -J bastion pi@\(targets[0].address)"
        ssh bastion true
        $own true
        \(Self.line.map { "'\($0)'" }.joined(separator: " "))
        ssh -O check bastion
        $own -O check
        \(Self.line.map { "'\($0)'" }.joined(separator: " "))
        $own -O exit
        ssh -O exit bastion

        """)
      try await targets[0].authorize(try person.read(".ssh/id_ed25519.pub"))
      // In one command, since the processes left by a command end with it.
      let session = try await person.shell("sh commands")
      #expect(session.status == 0, "\(session)")
      #expect(try await jumps[0].logins() == 1)
      for target in targets { #expect(try await target.has("/home/pi/mark")) }
    }
  }

  @Test func `a shared connection that has ended is no way to give the jump host another's password`() async throws {
    try await Operator.with { person in
      let (jumps, targets) = try await Self.hosts(person, targets: 2) { _ in "bastion" }
      try await jumps[0].root(
        "rm /etc/ssh/sshd_config.d/01.conf ~pi/.ssh/authorized_keys; systemctl reload ssh; "
          + "echo pi:only-for-the-jump | chpasswd")
      try person.write("answer", "#!/bin/sh\necho only-for-the-jump\n", mode: 0o700)
      try person.write(
        ".ssh/config",
        """
        Host bastion
          HostName \(jumps[0].address)
          User pi
          ControlMaster auto
          ControlPath ~/.ssh/shared-%C
          ControlPersist 600
          StrictHostKeyChecking accept-new

        """)
      // The connection ends between two runs, and its socket stays.
      try person.write(
        "commands",
        """
        SSH_ASKPASS=/root/answer SSH_ASKPASS_REQUIRE=force ssh bastion true || exit 9
        run() { \(Self.line.map { "'\($0)'" }.joined(separator: " ")); }
        run || exit 8
        kill -KILL $(ssh -O check bastion 2>&1 | tr -dc 0-9)
        run
        echo "status $?"

        """)
      let session = try await person.shell("sh commands")
      #expect(session.stdout.hasSuffix("status 1\n"), "\(session)")
      let failure = "2 hosts: the jump host pi@bastion asks for a password on the way to HOST"
      #expect(session.stderr.contains(failure), "\(session)")
      #expect(try await jumps[0].logins() == 1)
      #expect(try await jumps[0].root("journalctl -q -u ssh | grep -c 'Failed password' || true") == "0")
      for target in targets { #expect(try await target.has("/home/pi/mark")) }
    }
  }

  @Test func `a killed program leaves no login at a jump host, and no ssh`() async throws {
    try await Operator.with { person in
      let (jumps, targets) = try await Self.hosts(person, targets: 1) { $0[0].target }
      try person.write(
        "mark.lua",
        """
        recipe {
          summary = "Waits",
          hosts = { { "to", "A host" } },
          needs = { "run" },
          run = function(hosts) hosts.to:run("touch /tmp/began; sleep 307") end,
        }
        """)
      let run = try await Running.start(person, Self.arguments)
      try #require(try await eventually { try await targets[0].has("/tmp/began") })
      run.send(SIGKILL)
      #expect(try await run.end().status == 128 + SIGKILL)
      #expect(try await eventually { run.sockets == [] && run.processes == [] }, "\(run.processes) \(run.sockets)")
      #expect(try await eventually { try await jumps[0].processes(of: "pi") == [] })
    }
  }
}
