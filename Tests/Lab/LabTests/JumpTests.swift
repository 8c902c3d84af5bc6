import Foundation
import Testing

/// Logins through a jump host: the jump host's password is not the target's, and the jump host's faults are not the
/// target's.
@Suite("jump hosts", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct JumpTests {
  /// A target behind a jump host, with separate passwords; the jump host notes each password received.
  private static func hosts(_ person: Operator) async throws -> (jump: LabHost, target: LabHost) {
    let (jump, target) = (try await Lab.host(.debian), try await Lab.host(.debian))
    try await target.root("echo pi:only-for-the-target | chpasswd")
    try await jump.root(
      "printf '#!/bin/sh\\ncat >>/root/given; echo >>/root/given\\n' >/usr/local/bin/note; chmod 755 /usr/local/bin/note; "
        + "sed -i '1i auth optional pam_exec.so expose_authtok quiet /usr/local/bin/note' /etc/pam.d/sshd")
    try person.write(
      ".ssh/config", "Host target\n HostName \(target.address)\n User pi\n ProxyJump \(jump.target)\n")
    return (jump, target)
  }

  private static func given(_ jump: LabHost) async throws -> String {
    try await jump.root("tr -d '\\000' </root/given 2>/dev/null || true")
  }

  private static let line = [
    Lab.binary, "run", "raspi_passwordless", "target", "--accept-new", "--yes", "--password-command",
    "printf only-for-the-target", "--output", "plain",
  ]

  @Test func `a jump host that asks for a password is named, and gets none`() async throws {
    try await Operator.with { person in
      let (jump, _) = try await Self.hosts(person)
      let run = try await person.run(Self.line)
      #expect(run.status == 1, "\(run)")
      #expect(run.stderr.contains("the jump host \(jump.target) asks for a password on the way to target"), "\(run)")
      #expect(try await Self.given(jump) == "")
      // Neither an empty password, which the jump host would count as a failed login.
      #expect(try await jump.root("journalctl -u ssh | grep -c 'Failed password' || true") == "0")
    }
  }

  @Test func `a person gives each host its own password`() async throws {
    try await Operator.with { person in
      let (jump, target) = try await Self.hosts(person)
      try await person.shell("ssh-keyscan \(jump.address) \(target.address) >.ssh/known_hosts")
      let session = try await PersonTests.session(
        person, "target",
        [
          ["Password of the jump host \(jump.target), on the way to target: ", "raspberry\n"],
          ["Password of pi@target: ", "only-for-the-target\n"],
        ])
      #expect(session.unasked == [], "\(session.screen)")
      #expect(session.status == 0, "\(session.screen)")
      #expect(session.screen.contains("still asks for a password or code"), "\(session.screen)")
      #expect(try await Self.given(jump).contains("only-for-the-target") == false)
    }
  }

  @Test func `a jump host that takes the key lets the target's password through`() async throws {
    try await Operator.with { person in
      let (jump, _) = try await Self.hosts(person)
      let first = try await person.unattended("raspi_passwordless", jump)
      #expect(first.status == 0, "\(first)")
      let run = try await person.run(Self.line)
      #expect(run.status == 0 && !run.stdout.contains("still asks"), "\(run)")
    }
  }

  @Test func `all hosts behind a jump host are reached over one login there`() async throws {
    let jump = try await Lab.host(.debian)
    let targets = try await Lab.hosts(.debian, 20)
    try await jump.root(
      "echo pi:only-for-the-jump | chpasswd; usermod -s /usr/sbin/nologin pi; "
        + "printf 'MaxStartups 1\nMaxSessions 1\n' >/etc/ssh/sshd_config.d/01.conf; systemctl reload ssh")
    try await Operator.with { person in
      try person.write("mark.lua", Operator.mark)
      let list = targets.map { "\($0.address) ansible_user=pi" }.joined(separator: "\n")
      let proxy = "-o ProxyCommand=\"ssh -W %h:%p -q bastion\""
      try person.write("proxied.ini", "[behind]\n\(list)\n[behind:vars]\nansible_ssh_common_args='\(proxy)'\n")
      try person.write("jumped.ini", "[behind]\n\(list)\n[behind:vars]\nssh_recipes_jump=bastion\n")
      try person.write(
        ".ssh/config", "Host bastion\n HostName \(jump.address)\n User pi\n IdentityFile ~/.ssh/bastion\n")
      try await person.shell("ssh-keygen -q -t ed25519 -N '' -f .ssh/bastion")
      let key = try person.read(".ssh/bastion.pub")
      try await jump.root("install -d -o pi -g pi -m 700 /home/pi/.ssh; cat >/home/pi/.ssh/authorized_keys", input: key)
      var expected = 0
      for (command, inventory) in [("plan", "jumped.ini"), ("run", "proxied.ini"), ("run", "jumped.ini")] {
        let run = try await person.run([
          Lab.binary, command, "mark.lua", "-i", inventory, "behind", "--accept-new", "--yes", "--output", "plain",
          "--password-command", "printf raspberry",
        ])
        expected += 1
        #expect(run.status == (command == "plan" ? 2 : 0), "\(run)")
        #expect(try await jump.logins() == expected, "\(command) \(inventory)")
      }
      for target in targets { #expect(try await target.has("/home/pi/mark")) }
      // No login stays open.
      #expect(try await eventually { try await jump.root("pgrep -u pi sshd || true") == "" })
    }
  }

  @Test func `what goes wrong at a jump host is its own fault`() async throws {
    try await Operator.with { person in
      let (jump, target) = try await Self.hosts(person)
      let first = try await person.unattended("raspi_passwordless", jump)
      #expect(first.status == 0, "\(first)")
      func fails(_ proxy: String, _ words: String..., on host: LabHost? = nil, _ change: String = ":") async throws {
        if let host { try await host.root(change) }
        try person.write(".ssh/config", "Host target\n HostName \(target.address)\n User pi\n \(proxy)\n")
        let run = try await person.run(Self.line)
        #expect(run.status == 1, "\(run)")
        for word in words { #expect(run.stderr.contains(word), "\(proxy): \(run)") }
      }
      try await fails("ProxyJump nosuch.invalid", "at the jump host nosuch.invalid: the host's name is not known")
      try await fails(
        "ProxyJump \(jump.target):2222", "at the jump host \(jump.address):2222: the connection was refused")
      try await fails(
        "ProxyCommand ssh -W nosuch.invalid:22 \(jump.target)",
        "seen from the jump host \(jump.target): the host's name is not known")
      try await fails(
        "ProxyCommand ssh -W %h:2222 \(jump.target)",
        "seen from the jump host \(jump.target): the connection was refused", "listens on port 2222")
      try await fails("ProxyJump target", "the way over the jump hosts has no end", "line 4: ProxyJump target")
      try await fails("ProxyCommand nosuch-program %h %p", "the ProxyCommand does not reach the host", "nosuch-program")
      try await fails("ProxyCommand false", "the ProxyCommand does not reach the host", "it said nothing")
      try await fails(
        "ProxyJump \(jump.target)", "the jump host does not pass the connection on", on: jump,
        "echo AllowTcpForwarding no >/etc/ssh/sshd_config.d/01.conf; systemctl reload ssh")
      try await fails(
        "ProxyJump nobody@\(jump.address)", "at the jump host nobody@\(jump.address): the server refused the login",
        on: jump, "echo PasswordAuthentication no >/etc/ssh/sshd_config.d/01.conf; systemctl reload ssh")
    }
  }
}
