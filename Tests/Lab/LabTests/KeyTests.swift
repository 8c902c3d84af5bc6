import Testing

/// What a person's `~/.ssh` may hold before the first run.
@Suite("keys as people have them", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct KeyTests {
  /// The operator has what `script` made in `~/.ssh`; then `raspi_passwordless` is planned and run.
  private static func run(
    having script: String, planned: Int32 = 2, more: [String] = [],
    _ body: @Sendable (Operator, LabHost, Finished) async throws -> Void
  ) async throws {
    let pi = try await Lab.host(.debian)
    try await Operator.with { person in
      let made = try await person.shell("set -e; umask 077; mkdir .ssh; cd .ssh; \(script)")
      #expect(made.status == 0, "\(made)")
      try await person.plan("raspi_passwordless", pi, more: more, status: planned)
      try await body(person, pi, try await person.unattended("raspi_passwordless", pi, more: more))
    }
  }

  /// As ``run(having:planned:more:_:)``, where all stops with this message before anything is written.
  private static func stop(having script: String, planned: Int32 = 1, _ message: String) async throws {
    let pi = try await Lab.host(.debian)
    try await Operator.with { person in
      let made = try await person.shell("set -e; umask 077; mkdir .ssh; cd .ssh; \(script)")
      #expect(made.status == 0, "\(made)")
      try await person.plan("raspi_passwordless", pi, status: planned)
      let before = (try await person.snapshot(), try await pi.snapshot())
      let run = try await person.unattended("raspi_passwordless", pi)
      #expect(run.status == 1, "\(run)")
      #expect(run.stderr.contains(message), "\(run)")
      #expect(try await person.changed(since: before.0) == [])
      #expect(try await pi.changed(since: before.1) == [])
    }
  }

  private static func keygen(_ name: String, _ options: String = "-t ed25519", passphrase: String = "") -> String {
    "ssh-keygen -q \(options) -N '\(passphrase)' -C me@here -f \(name)"
  }

  private static func authorized(_ host: LabHost) async throws -> String {
    try await host.root("cat /home/pi/.ssh/authorized_keys")
  }

  @Test func `an ed25519 key is reused, although there are others`() async throws {
    let keys = [
      Self.keygen("id_rsa", "-t rsa -b 2048"), Self.keygen("id_ecdsa", "-t ecdsa"), Self.keygen("id_ed25519"),
    ]
    try await Self.run(having: keys.joined(separator: "; ")) { (person, pi, run) async throws in
      #expect(run.status == 0, "\(run)")
      let key = try person.read(".ssh/id_ed25519.pub")
      #expect(try await Self.authorized(pi) + "\n" == key)
      #expect(
        try await person.shell("ls .ssh").stdout
          == "id_ecdsa\nid_ecdsa.pub\nid_ed25519\nid_ed25519.pub\nid_rsa\nid_rsa.pub\nknown_hosts\n")
      #expect(try await person.logsIn(to: pi))
    }
  }

  @Test func `an RSA key of 2048 bits is taken`() async throws {
    try await Self.run(having: Self.keygen("id_rsa", "-t rsa -b 2048")) { (person, pi, run) async throws in
      #expect(run.status == 0, "\(run)")
      let key = try person.read(".ssh/id_rsa.pub")
      #expect(try await Self.authorized(pi) + "\n" == key)
      #expect(try await person.logsIn(to: pi))
    }
  }

  @Test(arguments: [
    (
      "id_dsa", "-t dsa",
      "/root/.ssh/id_dsa is a DSA key, which no server of today accepts, so it does not count"
    ),
    (
      "id_rsa", "-t rsa -b 1024",
      "/root/.ssh/id_rsa is an RSA key of 1024 bits; below 2048 it does not count"
    ),
  ])
  func `a key that servers refuse gets a new one beside it, and a warning`(
    _ name: String, _ options: String, _ warning: String
  ) async throws {
    let old = Self.keygen(name, options) + "; sha256sum id_* >/root/old"
    try await Self.run(having: old) { (person, pi, run) async throws in
      #expect(run.status == 0, "\(run)")
      #expect(run.stderr == "  warning    \(warning)\n", "\(run)")
      let key = try person.read(".ssh/id_ed25519.pub")
      #expect(try await Self.authorized(pi) + "\n" == key)
      #expect(try await person.shell("cd .ssh && sha256sum -c --quiet ../old").status == 0)
      #expect(try await person.logsIn(to: pi))
    }
  }

  @Test func `a public half that is missing is made anew from the private one`() async throws {
    let lone = Self.keygen("id_ed25519") + "; mv id_ed25519.pub /root/old"
    try await Self.run(having: lone) { (person, pi, run) async throws in
      #expect(run.status == 0, "\(run)")
      let words = { (line: String) in line.split(separator: " ").prefix(2).map(String.init) }
      let old = words(try person.read("old"))
      let new = words(try person.read(".ssh/id_ed25519.pub"))
      let authorized = words(try await Self.authorized(pi))
      #expect(new == old)
      #expect(authorized == old)
      #expect(try await person.logsIn(to: pi))
    }
  }

  @Test func `a private key that others may read is closed to them`() async throws {
    try await Self.run(having: Self.keygen("id_ed25519") + "; chmod 644 id_ed25519") { (person, pi, run) async throws in
      #expect(run.status == 0, "\(run)")
      #expect(try await person.shell("ls -l .ssh/id_ed25519 | cut -c1-10").stdout == "-rw-------\n")
      #expect(try await person.logsIn(to: pi))
    }
  }

  @Test func `a public half without its private one is never overwritten`() async throws {
    try await Self.stop(
      having: Self.keygen("id_ed25519") + "; rm id_ed25519",
      "error: here: \"/root/.ssh/id_ed25519.pub\" is there already, and no key is ever overwritten\n")
  }

  @Test func `a public half that belongs to another key stops all`() async throws {
    try await Self.stop(
      having: Self.keygen("id_ed25519") + "; \(Self.keygen("x")); mv x.pub id_ed25519.pub; rm x",
      "belongs to another key than /root/.ssh/id_ed25519 (SHA256:")
  }

  @Test func `a private key given as the public one is refused`() async throws {
    let pi = try await Lab.host(.debian)
    try await Operator.with { person in
      try await person.shell("umask 077; mkdir .ssh; cd .ssh; \(Self.keygen("id_ed25519"))")
      try person.write(
        "copy.lua",
        """
        recipe {
          summary = "Copies the wrong half",
          hosts = { { "to", "The host" } },
          needs = { "keys", "files" },
          run = function(hosts) hosts.to:copy_id { key = here:read("~/.ssh/id_ed25519") } end,
        }
        """)
      let before = try await pi.snapshot()
      let run = try await person.unattended("copy.lua", pi)
      #expect(run.status == 1, "\(run)")
      #expect(!(run.stdout + run.stderr).contains("PRIVATE KEY"), "\(run)")
      #expect(try await pi.changed(since: before) == [])
    }
  }

  @Test func `a key with a passphrase works through the agent`() async throws {
    let pi = try await Lab.host(.debian)
    try await Operator.with { person in
      try person.write("ask", "#!/bin/sh\necho correct horse\n", mode: 0o700)
      try await person.shell(
        "umask 077; mkdir .ssh; cd .ssh; \(Self.keygen("id_ed25519", passphrase: "correct horse"))")
      // The agent ends with the script that it was started for.
      let script = "SSH_ASKPASS=/root/ask SSH_ASKPASS_REQUIRE=force ssh-add -q .ssh/id_ed25519 </dev/null; exec \"$@\""
      let line = Operator.line("raspi_passwordless", [pi])
      let run = try await person.run(["ssh-agent", "sh", "-c", script, "sh"] + line)
      #expect(run.status == 0, "\(run)")
      let key = try person.read(".ssh/id_ed25519.pub")
      #expect(try await Self.authorized(pi) + "\n" == key)
      let again = try await person.run(["ssh-agent", "sh", "-c", script, "sh"] + line)
      #expect(again.status == 0, "\(again)")
      #expect(again.stdout.contains("nothing to do") || again.stdout.contains("unchanged"), "\(again)")
    }
  }

  @Test func `an encrypted key without an agent says how to start one`() async throws {
    try await Self.stop(
      having: Self.keygen("id_ed25519", passphrase: "correct horse"), "ssh-agent")
  }
}
