import Testing

/// The forms in which a person may name a host.
@Suite("addresses", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct AddressTests {
  @Test func `an alias of ~/.ssh/config is taken with its port, user, key and jump host`() async throws {
    let (jump, host) = (try await Lab.host(.debian), try await Lab.host(.debian))
    try await host.root("echo 'Port 2022' >/etc/ssh/sshd_config.d/port.conf; systemctl restart ssh")
    try await Operator.with { person in
      try await person.shell("umask 077; mkdir /root/.ssh; ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/box_key")
      let key = try person.read(".ssh/box_key.pub")
      for box in [jump, host] {
        try await box.root("umask 077; mkdir ~pi/.ssh; cat >~pi/.ssh/authorized_keys; chown -R pi ~pi/.ssh", input: key)
      }
      try person.write(
        ".ssh/config",
        """
        Host box
          HostName \(host.address)
          Port 2022
          User pi
          ProxyJump stairs
        Host stairs
          HostName \(jump.address)
          User pi
        Host *
          IdentityFile ~/.ssh/box_key
          StrictHostKeyChecking accept-new
        """)
      try person.write(
        "who.lua",
        """
        recipe {
          summary = "Says who and where",
          hosts = { { "to", "The host" } },
          needs = { "run" },
          run = function(hosts)
            note(hosts.to:run("echo $(id -un) from $SSH_CONNECTION", { reads = true }).stdout)
          end,
        }
        """)
      let run = try await person.recipes("run", "/root/who.lua", "box", "--accept-new", "--output", "plain")
      #expect(run.status == 0, "\(run)")
      #expect(run.stdout.contains("pi from \(jump.address) "))
      #expect(run.stdout.contains(" \(host.address) 2022"))
    }
  }

  @Test(arguments: ["pi@[ADDRESS]", "pi@[ADDRESS]:22", "pi@ADDRESS", "ssh://pi@[ADDRESS]:22"])
  func `IPv6 works with and without brackets and port`(_ form: String) async throws {
    let host = try await Lab.host(.debian)
    let address = "fd77::\(host.index)"
    let device = try await host.root("ip -o -4 address show | awk '$2 != \"lo\" { print $2; exit }'")
    try await host.root("ip -6 address add \(address)/64 dev \(device) nodad")
    try await Operator.with { person in
      try await person.shell("ip -6 address add fd77::ffff/64 dev client nodad 2>/dev/null || true")
      let run = try await person.recipes(
        "run", "raspi_passwordless", form.replacing("ADDRESS", with: address), "--accept-new", "--password-command",
        "printf raspberry", "--yes", "--output", "plain")
      #expect(run.status == 0, "\(run)")
    }
  }
}
