import Testing

@Suite("synology_pair on look-alikes", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct SynologyTests {
  /// The local box and two remote ones, paired.
  private static func paired(
    more: [String] = [], before: @Sendable ([LabHost]) async throws -> Void = { _ in },
    _ body: @Sendable (Operator, [LabHost], Finished) async throws -> Void
  ) async throws {
    let nas = try await Lab.hosts(.syno, 3)
    try await before(nas)
    try await Operator.with { person in
      let run = try await person.unattended("synology_pair", nas[0], nas[1], nas[2], more: more)
      try await body(person, nas, run)
    }
  }

  /// Whether `admin` on one box logs in to another without a password.
  private static func logsIn(_ from: LabHost, to host: LabHost) async throws -> Bool {
    let command = "ssh -o BatchMode=yes -o ControlPath=none \(host.target) echo in"
    return try await from.root("su admin -c '\(command)' 2>/dev/null || true") == "in"
  }

  @Test func `one box logs in to two others without a password, and homes of mode 777 are repaired`() async throws {
    try await Self.paired { (_, nas, run) async throws in
      #expect(run.status == 0, "\(run)")
      for remote in nas.dropFirst() {
        #expect(try await Self.logsIn(nas[0], to: remote))
        #expect(try await remote.root("ls -ld /volume1/homes/admin | cut -c1-10") == "drwxr-xr-x")
      }
      #expect(try await Self.logsIn(nas[1], to: nas[0]) == false)
    }
  }

  @Test func `the private half stays on the local box`() async throws {
    try await Self.paired { (person, nas, run) async throws in
      #expect(run.status == 0, "\(run)")
      #expect(try await nas[0].root("ls /volume1/homes/admin/.ssh/id_ed25519") != "")
      for remote in nas.dropFirst() {
        #expect(try await remote.root("grep -rl 'PRIVATE KEY' /volume1/homes || true") == "")
      }
      #expect(try await person.shell("grep -rl 'PRIVATE KEY' /root/.ssh || true").stdout == "")
      #expect(!run.stdout.contains("PRIVATE KEY") && !run.stderr.contains("PRIVATE KEY"))
    }
  }

  @Test
  func `sshd_config with Match blocks at its end is left alone, and nothing is restarted, when nothing is needed`()
    async throws
  {
    let nas = try await Lab.hosts(.syno, 2)
    let config = try await nas[1].root("cat /etc/ssh/sshd_config")
    let pid = try await nas[1].root("cat /var/run/sshd.pid /run/sshd.pid 2>/dev/null | head -n 1")
    try await Operator.with { person in
      let run = try await person.unattended("synology_pair", nas[0], nas[1])
      #expect(run.status == 0, "\(run)")
      #expect(try await nas[1].root("cat /etc/ssh/sshd_config") == config)
      #expect(try await nas[1].root("cat /var/run/sshd.pid /run/sshd.pid 2>/dev/null | head -n 1") == pid)
    }
  }

  @Test func `a switched off PubkeyAuthentication is switched on before the first Match, and sshd reads it`()
    async throws
  {
    let nas = try await Lab.hosts(.syno, 2)
    try await nas[1].root("sed -i 's/^#*PubkeyAuthentication.*/PubkeyAuthentication no/' /etc/ssh/sshd_config")
    try await nas[1].root("/usr/syno/bin/synosystemctl restart sshd.service")
    let before = try await nas[1].root("cat /etc/ssh/sshd_config")
    #expect(before.contains("\nPubkeyAuthentication no\n"))
    try await Operator.with { person in
      try await person.plan("synology_pair", nas[0], nas[1])
      let run = try await person.unattended("synology_pair", nas[0], nas[1])
      #expect(run.status == 0, "\(run)")
      #expect(try await Self.logsIn(nas[0], to: nas[1]))
      // In place, and so before the first Match; not one line more.
      let after = try await nas[1].root("cat /etc/ssh/sshd_config")
      #expect(after == before.replacing("PubkeyAuthentication no", with: "PubkeyAuthentication yes"))
    }
  }

  @Test func `both ways the boxes log in to each other`() async throws {
    let nas = try await Lab.hosts(.syno, 2)
    try await Operator.with { person in
      let more = ["--set", "both_ways=true"]
      let run = try await person.unattended("synology_pair", nas[0], nas[1], more: more)
      #expect(run.status == 0, "\(run)")
      #expect(try await Self.logsIn(nas[0], to: nas[1]))
      #expect(try await Self.logsIn(nas[1], to: nas[0]))
      try await person.plan("synology_pair", nas[0], nas[1], more: more, status: 0)
    }
  }

  @Test func `a home on another volume is found`() async throws {
    let nas = try await Lab.hosts(.syno, 2)
    try await nas[1].root(
      "mkdir /volume2; mv /volume1/homes /volume2/homes; ln -sfn /volume2/homes /var/services/homes")
    try await Operator.with { person in
      try await person.plan("synology_pair", nas[0], nas[1])
      let run = try await person.unattended("synology_pair", nas[0], nas[1])
      #expect(run.status == 0, "\(run)")
      #expect(try await Self.logsIn(nas[0], to: nas[1]))
      #expect(try await nas[1].root("ls /volume2/homes/admin/.ssh") == "authorized_keys")
      #expect(try await nas[1].root("ls /volume1") == "")
    }
  }

  @Test func `the second run changes nothing on any box`() async throws {
    let nas = try await Lab.hosts(.syno, 2)
    try await Operator.with { person in
      let first = try await person.unattended("synology_pair", nas[0], nas[1])
      #expect(first.status == 0, "\(first)")
      let before = [try await nas[0].snapshot(), try await nas[1].snapshot()]
      let second = try await person.unattended("synology_pair", nas[0], nas[1])
      #expect(second.status == 0, "\(second)")
      let after = [try await nas[0].snapshot(), try await nas[1].snapshot()]
      #expect(after == before)
      let plan = try await person.unattended("synology_pair", nas[0], nas[1], command: "plan")
      #expect(plan.status == 0, "\(plan)")
    }
  }

  @Test func `a plan of a first run changes not one byte, and exits with 2`() async throws {
    let nas = try await Lab.hosts(.syno, 3)
    try await Operator.with { person in
      let plan = try await person.plan("synology_pair", nas[0], nas[1], nas[2])
      #expect(plan.stdout.contains("This was a plan: nothing was touched."), "\(plan)")
    }
  }

  @Test func `DSM 6 is paired as well`() async throws {
    let nas = try await Lab.hosts(.syno6, 2)
    try await Operator.with { person in
      try await person.plan("synology_pair", nas[0], nas[1])
      let run = try await person.unattended("synology_pair", nas[0], nas[1])
      #expect(run.status == 0, "\(run)")
      #expect(try await Self.logsIn(nas[0], to: nas[1]))
    }
  }

  @Test func `homes that are switched off stop the recipe with the clicks, before anything is written`() async throws {
    let nas = try await Lab.hosts(.syno, 2)
    try await nas[1].root("rm -rf /volume1/homes/admin")
    let before = try await nas[1].snapshot()
    try await Operator.with { person in
      try await person.plan("synology_pair", nas[0], nas[1], status: 1)
      let run = try await person.unattended("synology_pair", nas[0], nas[1])
      #expect(run.status == 1, "\(run)")
      #expect((run.stdout + run.stderr).contains("User Home"))
      #expect(try await nas[1].snapshot() == before)
    }
  }
}
