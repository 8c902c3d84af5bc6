import Testing

@Suite("undo takes the bundled recipes back", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct UndoTests {
  /// `ssh-recipes undo` of the last run, unattended.
  private static func undo(_ person: Operator, _ kind: Lab.Kind, more: [String] = []) async throws -> Finished {
    try await person.run(
      [Lab.binary, "undo", "--password-command", "printf \(kind.password)", "--output", "plain"] + more)
  }

  @Test func `a Pi is byte for byte as before`() async throws {
    let pi = try await Lab.host(.debian)
    let before = try await pi.snapshot()
    try await Operator.with { person in
      let run = try await person.unattended("raspi_passwordless", pi)
      #expect(run.status == 0, "\(run)")
      let paired = try await pi.snapshot()
      let plan = try await Self.undo(person, .debian, more: ["--plan"])
      #expect(plan.status == 2, "\(plan)")
      #expect(try await pi.snapshot() == paired)
      let undo = try await Self.undo(person, .debian)
      #expect(undo.status == 0, "\(undo)")
      #expect(undo.stdout.contains("/root/.ssh/id_ed25519.pub: the key may be in use elsewhere; remove it by hand"))
      #expect(try await pi.snapshot() == before)
      #expect(try await person.logsIn(to: pi) == false)
    }
  }

  @Test func `a pair of Synologies is as before, but for the key, which is named`() async throws {
    let nas = try await Lab.hosts(.syno, 2)
    let before = [try await nas[0].snapshot(), try await nas[1].snapshot()]
    try await Operator.with { person in
      let run = try await person.unattended("synology_pair", nas[0], nas[1])
      #expect(run.status == 0, "\(run)")
      let undo = try await Self.undo(person, .syno)
      #expect(undo.status == 0, "\(undo)")
      #expect(try await nas[1].snapshot() == before[1])
      try await nas[0].root("rm -r /volume1/homes/admin/.ssh")
      #expect(try await nas[0].snapshot() == before[0])
    }
  }

  @Test func `what somebody has changed since is left alone and shown`() async throws {
    let pi = try await Lab.host(.debian)
    try await Operator.with { person in
      let run = try await person.unattended("raspi_passwordless", pi)
      #expect(run.status == 0, "\(run)")
      try await pi.root("echo '# mine' >>/home/pi/.ssh/authorized_keys")
      let undo = try await Self.undo(person, .debian)
      #expect(undo.stderr.contains("left alone on \(pi.target): /home/pi/.ssh/authorized_keys was changed since"))
      #expect(try await pi.root("tail -n 1 /home/pi/.ssh/authorized_keys") == "# mine")
      #expect(try await person.logsIn(to: pi))
    }
  }

  /// Each step's opposite may be what the others need to be taken back: the key to log in, sshd's options to let it in.
  @Test(arguments: [
    ("PasswordAuthentication", "no", true), ("PubkeyAuthentication", "yes", false),
  ])
  func `a key and an option of sshd are taken back without locking anybody out`(
    _ option: String, _ value: String, _ keyFirst: Bool
  ) async throws {
    let pi = try await Lab.host(.debian)
    if !keyFirst { try await pi.root("echo '\(option) no' >>/etc/ssh/sshd_config; systemctl reload ssh") }
    try await pi.root("touch /home/pi/.sudo_as_admin_successful; chown pi: /home/pi/.sudo*")
    let before = try await pi.snapshot()
    let steps = [
      "pi:copy_id { key = key }", "pi:edit_config { options = { \(option) = '\(value)' } } pi:restart_ssh {}",
    ]
    try await Operator.with { person in
      try person.write(
        "steps.lua",
        """
        recipe {
          summary = "A key and an option",
          hosts = { { "pi", "A host" } },
          needs = { "keys", "ssh" },
          run = function(hosts)
            local pi = hosts.pi
            local key = here:keygen {}
            \((keyFirst ? steps : steps.reversed()).joined(separator: "\n    "))
          end,
        }
        """)
      let run = try await person.unattended("/root/steps.lua", pi)
      #expect(run.status == 0, "\(run)")
      #expect(try await person.logsIn(to: pi))
      let undo = try await Self.undo(person, .debian)
      #expect(undo.status == 0, "\(undo)")
      #expect(try await pi.snapshot() == before)
      #expect(try await person.logsInWithPassword(to: pi))
    }
  }
}
