import Testing

@Suite("raspi_passwordless on real hosts", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct RaspiTests {
  @Test func `keys that are on are not switched on by advice where root alone reads sshd_config`() async throws {
    let pi = try await Lab.host(.debian)
    let file = "/etc/ssh/sshd_config"
    try await pi.root(
      "chmod 600 \(file); sed -i '1i AuthenticationMethods password' \(file); systemctl reload ssh; sleep 0.5")
    try await Operator.with { person in
      let refused = try await person.unattended("raspi_passwordless", pi)
      #expect(refused.status == 1, "\(refused)")
      #expect(refused.stderr.contains("though PubkeyAuthentication is on: AuthenticationMethods leaves keys out"))
      #expect(!refused.stderr.contains("edit_config"), "\(refused)")
      let look = "sshd -T -C user=pi | grep -i authenticationmethods"
      #expect(refused.stderr.contains("see which methods it wants: sudo \(look);"), "\(refused)")
      #expect(try await pi.root(look) == "authenticationmethods password")
      try await pi.root("sed -i '1s/password/publickey password/' \(file); systemctl reload ssh; sleep 0.5")
      let run = try await person.unattended("raspi_passwordless", pi)
      #expect(run.status == 0, "\(run)")
    }
  }

  @Test(arguments: [Lab.Kind.debian, .trixie, .sysv, .openrc, .alpine])
  func `a host that asks for a password ends with a login by key, and a second run changes nothing`(
    _ kind: Lab.Kind
  ) async throws {
    let pi = try await Lab.host(kind)
    try await Operator.with { person in
      #expect(try await person.logsIn(to: pi) == false)
      try await person.plan("raspi_passwordless", pi)
      let first = try await person.unattended("raspi_passwordless", pi)
      #expect(first.status == 0, "\(first)")
      #expect(try await person.logsIn(to: pi))
      #expect(try person.read(".ssh/id_ed25519.pub").hasPrefix("ssh-ed25519 "))
      let home = try await pi.home()
      #expect(
        try await pi.root("ls -ldn \(home)/.ssh \(home)/.ssh/authorized_keys | cut -c1-10") == "drwx------\n-rw-------")

      try await person.plan("raspi_passwordless", pi, status: 0)
      let before = try await pi.snapshot()
      let second = try await person.unattended("raspi_passwordless", pi)
      #expect(second.status == 0, "\(second)")
      #expect(second.stdout.contains("nothing to do") || second.stdout.contains("unchanged"), "\(second)")
      #expect(try await pi.snapshot() == before)
    }
  }

  @Test func `ten hosts at once share the one key that is made`() async throws {
    let fleet = try await Lab.hosts(.debian, 10)
    try await Operator.with { person in
      let run = try await person.run(Operator.line("raspi_passwordless", fleet))
      #expect(run.status == 0, "\(run)")
      #expect(try await person.shell("ls .ssh").stdout == "id_ed25519\nid_ed25519.pub\nknown_hosts\n")
      let key = try person.read(".ssh/id_ed25519.pub")
      for pi in fleet { #expect(try await pi.root("cat /home/pi/.ssh/authorized_keys") + "\n" == key) }
      #expect(try await person.logsIn(to: fleet[9]))
    }
  }

  @Test func `sudo with a password switches passwords off, after the key is proved`() async throws {
    let pi = try await Lab.host(.debian).asAda
    // What Debian's sudo leaves behind the first time that an account gives its password.
    try await pi.root("install -o ada -g ada -m 644 /dev/null /home/ada/.sudo_as_admin_successful")
    try await Operator.with { person in
      #expect(try await person.logsInWithPassword(to: pi))
      let more = ["--set", "passwords_off=true"]
      try await person.plan("raspi_passwordless", pi, more: more)
      let before = try await pi.snapshot()
      let run = try await person.unattended("raspi_passwordless", pi, more: more)
      #expect(run.status == 0, "\(run)")
      #expect(try await person.logsIn(to: pi))
      #expect(try await person.logsInWithPassword(to: pi) == false)
      let effective = try await pi.root("sshd -T | grep -E '^(password|kbdinteractive|pubkey)authentication '")
      #expect(
        effective == "pubkeyauthentication yes\npasswordauthentication no\nkbdinteractiveauthentication no")
      #expect(
        try await pi.changed(since: before) == [
          "/etc/ssh/sshd_config", "/home/ada/.ssh", "/home/ada/.ssh/authorized_keys",
        ])
      try await person.plan("raspi_passwordless", pi, more: more, status: 0)
    }
  }
}
