import Foundation
import Testing

/// Changes of where sshd listens.
@Suite("ports", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct PortTests {
  /// Stands for Ubuntu's generator (24.04): the socket's addresses come from sshd_config.
  private static let generator = """
    #!/bin/sh
    mkdir -p "$1/ssh.socket.d" "$1/ssh.service.d"
    { echo '[Socket]'; echo ListenStream=
      port=$(sed -n 's/^Port //p' /etc/ssh/sshd_config); echo "ListenStream=${port:-22}"
    } >"$1/ssh.socket.d/addresses.conf"
    """

  /// Lets systemd's socket listen in sshd's place, at the addresses of sshd_config.
  static func generateSocket(on host: LabHost) async throws {
    try await host.root(
      "cat >/usr/lib/systemd/system-generators/sshd-socket-generator; chmod 755 $_ "
        + "/usr/lib/systemd/system-generators/sshd-socket-generator; systemctl disable --now ssh.service; "
        + "systemctl daemon-reload; systemctl enable --now ssh.socket", input: generator)
  }

  static func listening(_ host: LabHost) async throws -> String {
    try await host.root("awk '$4 == \"0A\" { print $2 }' /proc/net/tcp /proc/net/tcp6 | sed 's/.*://' | sort -u")
  }

  @Test(arguments: [Lab.Kind.debian, .trixie, .sysv])
  func `a new port is proved at the new port, and undone from there`(_ kind: Lab.Kind) async throws {
    try await Operator.with { person in
      let host = try await RehearsalTests.host(kind, person)
      let before = try await host.snapshot()
      let run = try await RehearsalTests.set("Port", "2222", person, host, more: ["--verbose"])
      #expect(run.status == 0, "\(run)")
      #expect(
        run.stdout.contains("proved by a new login with SHA256:") && run.stdout.contains(" at port 2222"), "\(run)")
      #expect(run.stdout.contains("next: \(host.target) listens at port 2222 from now on: ssh -p 2222"), "\(run)")
      #expect(try await Self.listening(host) == "08AE")
      var moved = host
      moved.port = 2222
      let again = try await RehearsalTests.set("Port", "2222", person, moved)
      #expect(again.status == 0 && again.stdout.contains("Nothing had to be changed"), "\(again)")
      let undo = try await person.recipes("undo", "--yes", "--output", "plain")
      #expect(undo.status == 0, "\(undo)")
      #expect(try await Self.listening(host) == "0016")
      #expect(try await host.changed(since: before).filter { !$0.hasPrefix("/var/") } == [])
      #expect(try await person.logsIn(to: host))
    }
  }

  @Test func `later logins of the same run go to the new port`() async throws {
    try await Operator.with { person in
      let host = try await RehearsalTests.host(.debian, person)
      try person.write(
        "move.lua",
        """
        recipe {
          summary = "Moves", hosts = { { "box", "A host" } }, needs = { "ssh", "keys", "run" },
          run = function(hosts)
            local box = hosts.box
            box:edit_config { options = { Port = 2222 } }
            box:restart_ssh {}
            local login = box:verify_login { key = "~/.ssh/id_ed25519" }
            if not login.ok then fail(login) end
            box:edit_config { options = { MaxAuthTries = 5 } }
            box:restart_ssh {}
            pcall(function() box:run "kill -9 $PPID" end)
            note("still " .. box:run("echo here").stdout)
          end,
        }
        """)
      let run = try await person.unattended("/root/move.lua", host)
      #expect(run.status == 0 && run.stdout.contains("still here"), "\(run)")
    }
  }

  @Test func `a port that another program has is found out in the rehearsal`() async throws {
    try await Operator.with { person in
      let host = try await RehearsalTests.host(.debian, person)
      try await host.root(
        "setsid python3 -c 'import socket,time; s=socket.socket(); s.bind((\"0.0.0.0\", 2222)); s.listen(); "
          + "time.sleep(600)' </dev/null >/dev/null 2>&1 & until ss -ltn | grep -q 2222; do sleep 0.1; done")
      let before = try await host.snapshot()
      let run = try await RehearsalTests.set("Port", "2222", person, host)
      #expect(run.status == 1 && run.stderr.contains("gate    rehearsal"), "\(run)")
      #expect(run.stderr.contains("Bind to port 2222 on 0.0.0.0 failed: Address already in use."), "\(run)")
      #expect(try await host.changed(since: before) == [])
    }
  }

  @Test func `an address that the host does not have is found out in the rehearsal`() async throws {
    try await Operator.with { person in
      let host = try await RehearsalTests.host(.debian, person)
      let before = try await host.snapshot()
      let run = try await RehearsalTests.set("ListenAddress", "10.9.9.9", person, host)
      #expect(run.status == 1 && run.stderr.contains("gate    rehearsal"), "\(run)")
      #expect(run.stderr.contains("Cannot assign requested address"), "\(run)")
      #expect(try await host.changed(since: before) == [])
      let useless = try await RehearsalTests.set("ListenAddress", "\(host.address):22", person, host)
      #expect(useless.status == 0, "\(useless)")
      let port = try await RehearsalTests.set("Port", "2222", person, host)
      #expect(port.status == 1 && port.stderr.contains("gate    check"), "\(port)")
      #expect(port.stderr.contains("ListenAddress names a port of its own"), "\(port)")
    }
  }

  @Test(arguments: [Lab.Kind.debian, .sysv, .openrc])
  func `a port that nobody can reach is rolled back`(_ kind: Lab.Kind) async throws {
    try await Operator.with { person in
      let host = try await RehearsalTests.host(kind, person)
      let before = try await host.root("cat /etc/ssh/sshd_config")
      let run = try await RehearsalTests.set("ListenAddress", "127.0.0.1", person, host)
      #expect(run.status == 3 && run.stderr.contains("gate    proof"), "\(run)")
      #expect(try await host.root("cat /etc/ssh/sshd_config") == before)
      #expect(try await person.logsIn(to: host))
    }
  }

  @Test func `a socket of systemd that has its own address refuses the edit, with the way to change it`() async throws {
    try await Operator.with { person in
      let host = try await RehearsalTests.host(.trixie, person)
      try await host.root("systemctl disable --now ssh.service; systemctl enable --now ssh.socket")
      let other = try await RehearsalTests.set("LoginGraceTime", "77", person, host)
      #expect(other.status == 0, "\(other)")
      let before = try await host.snapshot()
      let run = try await RehearsalTests.set("Port", "2222", person, host)
      #expect(run.status == 1 && run.stderr.contains("gate    edit"), "\(run)")
      #expect(run.stderr.contains("sudo systemctl edit ssh.socket"), "\(run)")
      #expect(try await host.changed(since: before) == [])
    }
  }

  @Test func `a socket that is made from sshd_config moves with it`() async throws {
    try await Operator.with { person in
      let host = try await RehearsalTests.host(.trixie, person)
      try await Self.generateSocket(on: host)
      let run = try await RehearsalTests.set("Port", "2222", person, host, more: ["--verbose"])
      #expect(run.status == 0 && run.stdout.contains(" at port 2222"), "\(run)")
      #expect(try await Self.listening(host) == "08AE")
      let undo = try await person.recipes("undo", "--yes", "--output", "plain")
      #expect(undo.status == 0, "\(undo)")
      #expect(try await Self.listening(host) == "0016")
    }
  }
}
