import Foundation
import Testing

/// The third gate: the candidate runs as a second sshd, and is logged in to, before a byte changes.
@Suite("rehearsals", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct RehearsalTests {
  /// What a rehearsal or a watchdog may leave; sshd itself runs once.
  private static let traces =
    "ls -d /var/run/ssh-recipes.* /etc/.ssh-recipes.* /etc/ssh/.ssh-recipes.* 2>/dev/null; "
    + "ps -ef | grep '[s]shd.* -i \\|[s]shd -D -e' || true"

  /// A host that knows the operator's key.
  static func host(_ kind: Lab.Kind, _ person: Operator) async throws -> LabHost {
    let host = try await Lab.host(kind)
    try await person.shell("umask 077; mkdir -p .ssh; ssh-keygen -q -t ed25519 -N '' -f .ssh/id_ed25519")
    let home = try await host.home()
    try await host.root(
      "umask 077; mkdir -p \(home)/.ssh && cat >\(home)/.ssh/authorized_keys && chown -R \(host.user) \(home)/.ssh "
        + "&& chmod go-w \(home)", input: try person.read(".ssh/id_ed25519.pub"))
    // The first login and the first sudo of an account leave marks of their own.
    try await person.shell("ssh -o StrictHostKeyChecking=accept-new \(host.target) 'sudo -n true; true'")
    return host
  }

  /// A run that sets one option, and its report.
  static func set(
    _ option: String, _ value: String, _ person: Operator, _ host: LabHost, restarts: Bool = true, more: [String] = []
  ) async throws -> Finished {
    try person.write(
      "edit.lua",
      """
      recipe {
        summary = "Sets an option of sshd",
        hosts = { { "box", "A host" } },
        needs = { "ssh" },
        run = function(hosts)
          hosts.box:edit_config { options = { [ [[\(option)]] ] = [[\(value)]] }, within = 60 }
          \(restarts ? "hosts.box:restart_ssh {}" : "")
        end,
      }
      """)
    return try await person.unattended("/root/edit.lua", host, more: more)
  }

  @Test(arguments: [Lab.Kind.debian, .trixie, .sysv, .syno])
  func `a good candidate is rehearsed and leaves nothing but itself`(_ kind: Lab.Kind) async throws {
    try await Operator.with { person in
      let host = try await Self.host(kind, person)
      let before = try await host.snapshot()
      let run = try await Self.set("LoginGraceTime", "77", person, host, more: ["--verbose"])
      #expect(run.status == 0, "\(run)")
      let gates = run.stdout.split(separator: "\n").map(String.init).filter { $0.hasPrefix("  gate ") }
        .compactMap { $0.split(separator: ": ").dropFirst().first.map { String($0.prefix { $0 != " " }) } }
      #expect(gates == ["edit", "checked", "rehearsed", "watchdog", "proved", "becoming"], "\(run)")
      #expect(!run.stderr.contains("not rehearsed"), "\(run)")
      #expect(try await host.root(Self.traces) == "")
      #expect(
        try await host.changed(since: before).filter { !$0.hasPrefix("/var/") } == ["/etc/ssh/sshd_config"])
      let again = try await Self.set("LoginGraceTime", "77", person, host, more: ["--verbose"])
      #expect(again.status == 0 && again.stdout.contains("Nothing had to be changed"), "\(again)")
      #expect(!again.stdout.contains("gate "), "\(again)")
    }
  }

  @Test func `a reload that the recipe leaves to the run is a change as any other, without a warning`() async throws {
    try await Operator.with { person in
      let host = try await Self.host(.debian, person)
      let run = try await Self.set("LoginGraceTime", "77", person, host, restarts: false)
      #expect(run.status == 0 && run.stdout.contains("reload sshd, and log in anew to prove that it works"), "\(run)")
      #expect(!run.stderr.contains("warning"), "\(run)")
    }
  }

  @Test(
    arguments: [
      ("AuthorizedKeysFile", ".ssh/other", "the key was refused"),
      ("ForceCommand", "echo you are not welcome", "it said \"you are not welcome\""),
      ("ForceCommand", "echo \"$SSH_ORIGINAL_COMMAND\"", "no command of ours ran"),
      ("AuthenticationMethods", "publickey,password", "the server accepts the key and wants password as well"),
      ("ChrootDirectory", "/var/lib", "gate    rehearsal"),
      ("AllowGroups", "ada", "AllowGroups in sshd_config does not allow pi"),
      ("PubkeyAuthentication", "no", "publickey is not among the ways"),
    ])
  func `what would lock out although sshd accepts it is refused, and nothing is touched`(
    option: String, value: String, cause: String
  ) async throws {
    try await Operator.with { person in
      let host = try await Self.host(.debian, person)
      let before = try await host.snapshot()
      let run = try await Self.set(option, value, person, host)
      #expect(run.status == 1, "\(run)")
      #expect(run.stderr.contains("  gate    rehearsal\n"), "\(run)")
      #expect(run.stderr.contains(cause), "\(run)")
      #expect(run.stderr.contains("so nothing was changed"), "\(run)")
      #expect(try await host.changed(since: before) == [])
      #expect(try await host.root(Self.traces) == "")
    }
  }

  @Test func `the gate stands in the JSON of the failure`() async throws {
    try await Operator.with { person in
      let host = try await Self.host(.debian, person)
      let run = try await Self.set("AuthorizedKeysFile", ".ssh/other", person, host, more: ["--output", "json"])
      #expect(run.status == 1 && run.stdout.contains(#""gate":"rehearsal""#), "\(run)")
    }
  }

  @Test func `who comes in by password is rehearsed by password`() async throws {
    let host = try await Lab.host(.debian)
    try await Operator.with { person in
      let run = try await Self.set("LoginGraceTime", "77", person, host, more: ["--verbose"])
      #expect(run.status == 0 && run.stdout.contains("let pi in with password"), "\(run)")
      let before = try await host.snapshot()
      let off = try await Self.set("PasswordAuthentication", "no", person, host)
      #expect(off.status == 1 && off.stderr.contains("gate    rehearsal"), "\(off)")
      #expect(off.stderr.contains("put a key on the host first"), "\(off)")
      #expect(try await host.changed(since: before) == [])
    }
  }

  @Test func `no forwarding is needed`() async throws {
    try await Operator.with { person in
      let host = try await Self.host(.debian, person)
      try await host.root("sed -i '1i AllowTcpForwarding no' /etc/ssh/sshd_config && systemctl reload ssh")
      let run = try await Self.set("LoginGraceTime", "77", person, host, more: ["--verbose"])
      #expect(run.status == 0 && run.stdout.contains(": rehearsed: "), "\(run)")
    }
  }

  @Test func `rules about addresses are rehearsed as they are for this login`() async throws {
    try await Operator.with { person in
      let host = try await Self.host(.debian, person)
      try await host.root(
        "printf 'Match Address 10.77.0.0/16\\n  AuthorizedKeysFile .ssh/authorized_keys\\nMatch all\\n' "
          + ">>/etc/ssh/sshd_config; sed -i '1i AuthorizedKeysFile /nowhere' /etc/ssh/sshd_config; systemctl reload ssh"
      )
      let run = try await Self.set("AllowUsers", "pi@10.77.*", person, host, more: ["--verbose"])
      #expect(run.status == 0, "\(run)")
      #expect(run.stdout.contains("as it is for a login from 10.77."), "\(run)")
      let other = try await Self.set("AllowUsers", "pi@192.0.2.*", person, host)
      #expect(other.status == 1 && other.stderr.contains("gate    check"), "\(other)")
    }
  }

  @Test func `a drop-in is rehearsed with the files around it`() async throws {
    try await Operator.with { person in
      let host = try await Self.host(.debian, person)
      try await host.root(
        "printf 'AuthorizedKeysFile .ssh/authorized_keys\\nMatch User ada\\n  X11Forwarding no\\n' "
          + ">/etc/ssh/sshd_config.d/10-keys.conf; systemctl reload ssh")
      let before = try await host.snapshot()
      let run = try await Self.set("AuthorizedKeysFile", ".ssh/other", person, host)
      #expect(run.status == 1 && run.stderr.contains("gate    rehearsal"), "\(run)")
      #expect(try await host.changed(since: before) == [])
      let good = try await Self.set("AuthorizedKeysFile", ".ssh/authorized_keys .ssh/more", person, host)
      #expect(good.status == 0, "\(good)")
      #expect(try await host.changed(since: before) == ["/etc/ssh/sshd_config.d/10-keys.conf"])
    }
  }

  @Test func `a key that is tied to an address shows nothing, and that is said`() async throws {
    try await Operator.with { person in
      let host = try await Self.host(.debian, person)
      try await host.root("sed -i 's/^/from=\"10.77.*\" /' /home/pi/.ssh/authorized_keys")
      let run = try await Self.set("LoginGraceTime", "77", person, host)
      #expect(run.status == 0, "\(run)")
      #expect(
        run.stderr.contains("not rehearsed: the configuration that is in use does not let pi in that way"), "\(run)")
    }
  }

  @Test func `when we are killed in a rehearsal, it ends by itself`() async throws {
    try await Operator.with { person in
      let host = try await Self.host(.debian, person)
      let before = try await host.snapshot()
      // A command that takes long to answer keeps the rehearsal going.
      try person.write(
        "edit.lua",
        """
        recipe {
          summary = "Hangs", hosts = { { "box", "A host" } }, needs = { "ssh" },
          run = function(hosts) hosts.box:edit_config { options = { ForceCommand = "sleep 53.71" } } end,
        }
        """)
      let running = try await Running.start(person, ["run", "/root/edit.lua", host.target])
      #expect(try await eventually { try await host.root("ps -ef | grep '[s]leep 53.71' || true") != "" })
      running.send(SIGKILL)
      #expect(
        try await eventually {
          try await host.root(Self.traces + "; ps -ef | grep '[s]leep 53.71' || true") == ""
        })
      #expect(try await host.changed(since: before) == [])
    }
  }
}
