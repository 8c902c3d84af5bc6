import Testing

@Suite("undo reverses the bundled recipes", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
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

  private static func alias(_ host: LabHost) -> String {
    "Host nas\n  HostName \(host.address)\n  User pi\n"
  }

  @Test func `a name that leads to another host by now is told, and the right one loses the key`() async throws {
    let hosts = try await Lab.hosts(.debian, 2)
    try await Operator.with { person in
      try person.write(".ssh/config", Self.alias(hosts[0]))
      let run = try await person.recipes(
        "run", "raspi_passwordless", "nas", "--yes", "--accept-new", "--password-command", "printf raspberry")
      #expect(run.status == 0, "\(run)")
      try person.write(".ssh/config", Self.alias(hosts[1]))
      let before = try await hosts[1].snapshot()
      for more in [["--plan"], [], ["--force"]] {
        let undo = try await Self.undo(person, .debian, more: ["--accept-new"] + more)
        #expect(undo.status == 1, "\(undo)")
        #expect(undo.stderr.contains("error: nas: this is another host than the one that was changed"), "\(undo)")
        #expect(undo.stderr.contains("at \(hosts[0].address), with the host key SHA256:"), "\(undo)")
        #expect(!undo.stdout.contains("Nothing had to be undone"), "\(undo)")
      }
      #expect(try await hosts[1].changed(since: before).filter { !$0.hasPrefix("/var/") } == [])
      #expect(try await person.logsIn(to: hosts[0]))
      try person.write(".ssh/config", Self.alias(hosts[0]))
      let undo = try await Self.undo(person, .debian)
      #expect(undo.status == 0, "\(undo)")
      #expect(try await person.logsIn(to: hosts[0]) == false)
    }
  }

  @Test func `the key is taken away after the home has moved`() async throws {
    let pi = try await Lab.host(.debian)
    try await Operator.with { person in
      let run = try await person.unattended("raspi_passwordless", pi)
      #expect(run.status == 0, "\(run)")
      try await pi.root("mv /home/pi /srv/pi; sed -i 's,:/home/pi:,:/srv/pi:,' /etc/passwd")
      #expect(try await person.logsIn(to: pi))
      let undo = try await Self.undo(person, .debian)
      #expect(undo.status == 0, "\(undo)")
      #expect(try await person.logsIn(to: pi) == false)
      #expect(try await pi.root("ls -A /srv/pi/.ssh 2>/dev/null || true") == "")
    }
  }

  @Test func `a keys' file of root's that was given back is root's again`() async throws {
    let pi = try await Lab.host(.debian)
    try await pi.root(
      """
      touch ~pi/.sudo_as_admin_successful; mkdir -m 700 ~pi/.ssh; chown pi: ~pi/.sudo* ~pi/.ssh
      echo '# mine' >~pi/.ssh/authorized_keys; chmod 644 ~pi/.ssh/authorized_keys
      """)
    let before = try await pi.snapshot()
    try await Operator.with { person in
      let run = try await person.unattended("raspi_passwordless", pi, more: ["--answer", "Give back=yes"])
      #expect(run.status == 0, "\(run)")
      #expect(try await pi.root("stat -c %U:%G ~pi/.ssh/authorized_keys") == "pi:pi")
      let undo = try await Self.undo(person, .debian)
      #expect(undo.status == 0, "\(undo)")
      #expect(try await pi.changed(since: before).filter { !$0.hasPrefix("/var/") } == [])
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
      #expect(undo.stdout.contains("To undo what was changed since, too: ssh-recipes undo "), "\(undo)")
      let forced = try await Self.undo(person, .debian, more: ["--force"])
      #expect(forced.status == 0, "\(forced)")
      #expect(try await pi.root("ls -A /home/pi/.ssh 2>/dev/null || true") == "")
    }
  }

  /// Undoing a step may need the opposite of other steps: the key to log in, sshd's options to let the key in.
  @Test(arguments: [
    ("PasswordAuthentication", "no", true), ("PubkeyAuthentication", "yes", false),
  ])
  func `a key and an option of sshd are undone without locking anybody out`(
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

  @Test func `a drop-in that sshd includes from elsewhere is undone with a reload and a proof`() async throws {
    try await Operator.with { person in
      let pi = try await RehearsalTests.host(.debian, person)
      try await pi.root(
        "mkdir /etc/ssh/local; echo 'PasswordAuthentication yes' >/etc/ssh/local/mine.conf; "
          + "sed -i '1i Include /etc/ssh/local/*.conf' /etc/ssh/sshd_config; systemctl reload ssh")
      let before = try await pi.snapshot()
      let run = try await RehearsalTests.set("PasswordAuthentication", "no", person, pi)
      #expect(run.status == 0, "\(run)")
      #expect(try await pi.root("cat /etc/ssh/local/mine.conf") == "PasswordAuthentication no")
      #expect(try await person.logsInWithPassword(to: pi) == false)
      let undo = try await Self.undo(person, .debian, more: ["--verbose"])
      #expect(undo.status == 0 && undo.stdout.contains("proved by a new login"), "\(undo)")
      #expect(try await pi.changed(since: before).filter { !$0.hasPrefix("/var/") } == [])
      // sshd itself has read it.
      #expect(try await person.logsInWithPassword(to: pi))
    }
  }

  /// A host that takes nothing but the key that an earlier run has brought.
  private static func closed(_ person: Operator) async throws -> (pi: LabHost, copying: String) {
    let pi = try await Lab.host(.debian)
    try await pi.root("touch /home/pi/.sudo_as_admin_successful; chown pi: /home/pi/.sudo*")
    try person.write(
      "copy.lua",
      """
      recipe {
        summary = "Brings a key",
        hosts = { { "pi", "A host" } },
        needs = { "keys" },
        run = function(hosts) hosts.pi:copy_id { key = here:keygen {} } end,
      }
      """)
    let copy = try await person.unattended("/root/copy.lua", pi)
    #expect(copy.status == 0, "\(copy)")
    let history = try await person.recipes("history").stdout
    let copying = try #require(history.split(separator: " ").first.map(String.init))
    let close = try await RehearsalTests.set("PasswordAuthentication", "no", person, pi)
    #expect(close.status == 0, "\(close)")
    return (pi, copying)
  }

  @Test func `the only way in is not undone, whichever run brought it`() async throws {
    try await Operator.with { person in
      let (pi, copying) = try await Self.closed(person)
      let before = try await pi.snapshot()
      let undo = try await Self.undo(person, .debian, more: [copying])
      #expect(undo.status == 3, "\(undo)")
      #expect(undo.stderr.contains("gate    proof"), "\(undo)")
      #expect(undo.stderr.contains("what logins depend on is as before, and a login works again"), "\(undo)")
      #expect(undo.stderr.contains("`--force` undoes it all the same"), "\(undo)")
      #expect(try await pi.changed(since: before).filter { !$0.hasPrefix("/var/") } == [])
      #expect(try await person.logsIn(to: pi))
    }
  }

  @Test func `it goes where the person insists, with a warning`() async throws {
    try await Operator.with { person in
      let (pi, copying) = try await Self.closed(person)
      let undo = try await Self.undo(person, .debian, more: [copying, "--force"])
      #expect(undo.status == 0, "\(undo)")
      #expect(undo.stderr.contains("\(pi.target): no new login works after undoing: "), "\(undo)")
      #expect(try await pi.has("/home/pi/.ssh/authorized_keys") == false)
      #expect(try await pi.temporaryFiles() == "")
      #expect(try await person.logsIn(to: pi) == false)
    }
  }

  @Test func `a file that decides about logins is undone only where a login works after it`() async throws {
    try await Operator.with { person in
      let pi = try await RehearsalTests.host(.debian, person)
      try await pi.root("echo '[ ! -e /etc/closed ] || exit 1' >/home/pi/.bashrc; chown pi: /home/pi/.bashrc")
      try person.write(
        "open.lua",
        """
        recipe {
          summary = "Lets everybody in, and leaves a mark",
          hosts = { { "pi", "A host" } },
          needs = { "files" },
          run = function(hosts)
            hosts.pi:write("~/.bashrc", "# nothing\\n")
            hosts.pi:write("~/mark", "text\\n")
          end,
        }
        """)
      let run = try await person.unattended("/root/open.lua", pi)
      #expect(run.status == 0, "\(run)")
      let open = try await pi.snapshot()
      try await pi.root("touch /etc/closed")
      let undo = try await Self.undo(person, .debian)
      #expect(undo.status == 3 && undo.stderr.contains("gate    proof"), "\(undo)")
      #expect(undo.stderr.contains("restored: /home/pi/.bashrc"), "\(undo)")
      #expect(
        try await pi.changed(since: open).filter { !$0.hasPrefix("/var/") } == ["/etc/closed", "/home/pi/mark"])
      #expect(try await person.logsIn(to: pi))
      try await pi.root("rm /etc/closed")
      let again = try await Self.undo(person, .debian, more: ["--verbose"])
      #expect(again.status == 0 && again.stdout.contains("watchdog armed for /home/pi/.bashrc"), "\(again)")
      #expect(try await pi.root("cat /home/pi/.bashrc") == "[ ! -e /etc/closed ] || exit 1")
    }
  }
}
