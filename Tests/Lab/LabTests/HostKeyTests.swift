import Testing

/// Since 9.8 sshd keeps its host keys in memory, so that a login alone does not tell what becomes of them.
@Suite("host keys", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct HostKeyTests {
  @Test(
    "a host key that sshd would not take at its next start is found out before the run ends",
    arguments: [
      "h:chmod { '/etc/ssh/ssh_host_ed25519_key', '644', root = true }",
      "h:run('chmod 644 /etc/ssh/ssh_host_ed25519_key', { root = true })",
    ])
  func nextStart(body: String) async throws {
    let host = try await Lab.host(.trixie)
    try await Operator.with { person in
      let made = try await person.shell("mkdir -m 700 .ssh; ssh-keygen -q -t ed25519 -N '' -C me -f .ssh/id_ed25519")
      #expect(made.status == 0, "\(made)")
      try await person.trusts(host)
      try await host.authorize(try person.read(".ssh/id_ed25519.pub"))
      try person.write(
        "open.lua",
        """
        recipe {
          summary = "Opens a host key", hosts = { { "h", "A host" } }, needs = { "files", "ssh", "run", "root" },
          run = function(hosts)
            local h = hosts.h
            \(body)
            note "and on"
          end,
        }
        """)
      let run = try await person.unattended("/root/open.lua", host)
      #expect(run.status == 3, "\(run)")
      #expect(try await host.root("stat -c %a /etc/ssh/ssh_host_ed25519_key") == "600")
      #expect(try await host.root("ls -d /etc/.ssh-recipes.* 2>/dev/null || true") == "")
      #expect(try await person.logsIn(to: host), "\(run)")
    }
  }
}
