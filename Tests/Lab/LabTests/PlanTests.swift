import Testing

/// Plans of what other suites only run; `Operator.plan` compares every byte before and after.
@Suite("a plan changes not one byte", .lab)
struct PlanTests {
  @Test func `a recipe of one's own, whether it is right or not`() async throws {
    let pi = try await Lab.host(.debian)
    try await Operator.with { person in
      try await person.shell("umask 077; mkdir -p .ssh")
      for (name, body, status) in [("right", "pi:write('~/made', 'x')", Int32(2)), ("wrong", "pi:chmode('~/x')", 1)] {
        let head = "recipe { summary = 'Mine', hosts = { { 'pi', 'A host' } }, needs = { 'files' },"
        try person.write("\(name).lua", "\(head) run = function(hosts) local pi = hosts.pi; \(body) end }\n")
        try await person.plan("/root/\(name).lua", pi, status: status)
      }
    }
  }

  @Test func `a key with a passphrase and an agent`() async throws {
    let pi = try await Lab.host(.debian)
    try await Operator.with { person in
      try person.write("ask", "#!/bin/sh\necho correct horse\n", mode: 0o700)
      try await person.shell(
        "umask 077; mkdir .ssh; ssh-keygen -q -t ed25519 -N 'correct horse' -C me -f .ssh/id_ed25519")
      let script = "SSH_ASKPASS=/root/ask SSH_ASKPASS_REQUIRE=force ssh-add -q .ssh/id_ed25519 </dev/null; exec \"$@\""
      let line = Operator.line("raspi_passwordless", [pi], command: "plan", more: [])
      let before = try await pi.snapshot()
      let plan = try await person.run(["ssh-agent", "sh", "-c", script, "sh"] + line)
      #expect(plan.status == 2, "\(plan)")
      #expect(try await pi.snapshot() == before)
    }
  }

  @Test func `through a jump host that nobody has met, whose key is accepted for the plan alone`() async throws {
    let (jump, target) = (try await Lab.host(.debian), try await Lab.host(.debian))
    try await Operator.with { person in
      try await person.shell("umask 077; mkdir .ssh; ssh-keygen -q -t ed25519 -N '' -C me -f .ssh/id_ed25519")
      try await jump.authorize(try person.read(".ssh/id_ed25519.pub"))
      let way = "Host target\n HostName \(target.address)\n User pi\n"
      try person.write(".ssh/config", way + " ProxyJump \(jump.target)\n")
      let before = try await person.snapshot(withKnownHosts: true)
      let line = [
        Lab.binary, "plan", "raspi_passwordless", "target", "--accept-new", "--yes", "--password-command",
        "printf raspberry", "--output", "plain",
      ]
      let plan = try await person.run(line)
      #expect(plan.status == 2, "\(plan)")
      #expect(try await person.snapshot(withKnownHosts: true) == before)
      // The same way, written otherwise.
      try person.write(".ssh/config", way + " ProxyCommand ssh -W %h:%p \(jump.target)\n")
      let written = try await person.snapshot(withKnownHosts: true)
      let same = try await person.run(line)
      #expect(same.status == 2, "\(same)")
      #expect(try await person.snapshot(withKnownHosts: true) == written)
      // No option reaches the ssh of any other ProxyCommand.
      try person.write(".ssh/config", way + " ProxyCommand sh -c 'exec ssh -W %h:%p \(jump.target)'\n")
      let refused = try await person.run(line)
      #expect(refused.status == 1, "\(refused)")
      #expect(refused.stderr.contains("a plan adds nothing to known_hosts"), "\(refused)")
      #expect(!(try await person.shell("ls .ssh")).stdout.contains("known_hosts"))
    }
  }

  @Test func `several hosts at once, and boxes paired both ways`() async throws {
    let pis = try await Lab.hosts(.debian, 2)
    try await Operator.with { person -> Void in
      try await person.plan("raspi_passwordless", pis[0], pis[1])
    }
    let nas = try await Lab.hosts(.syno, 2)
    try await Operator.with { person -> Void in
      try await person.plan("synology_pair", nas[0], nas[1], more: ["--set", "both_ways=true"])
    }
  }

  @Test func `a folder of root's, a noisy shell, a host that says no`() async throws {
    let hosts = try await Lab.hosts(.debian, 3)
    try await hosts[0].root("mkdir /home/pi/.ssh; echo '# root' >/home/pi/.ssh/authorized_keys")
    try await hosts[1].root("printf 'echo noise; echo more >&2\\n' >/home/pi/.bashrc")
    try await hosts[2].root("chsh -s /usr/sbin/nologin pi")
    try await Operator.with { person in
      try await person.plan("raspi_passwordless", hosts[0], status: 1)
      try await person.plan("raspi_passwordless", hosts[1])
      try await person.plan("raspi_passwordless", hosts[2], status: 1)
    }
  }
}
