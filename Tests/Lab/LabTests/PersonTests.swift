import Foundation
import Testing

/// What a person at a terminal is asked, and what they see of it.
@Suite("a person at a terminal", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct PersonTests {
  struct Session: Decodable {
    var screen: String
    var status: Int32?
    var echoes: Bool
    /// Words that never came.
    var unasked: [String]
  }

  static func session(
    _ person: Operator, _ target: String, _ dialog: [[String]], recipe: String = "raspi_passwordless"
  ) async throws -> Session {
    let script = String(decoding: try JSONEncoder().encode(dialog), as: UTF8.self)
    let run = try await person.run([
      "python3", Lab.root + "/Tests/Lab/person.py", script, Lab.binary, "run", recipe, target,
    ])
    #expect(run.stderr == "")
    return try JSONDecoder().decode(Session.self, from: Data(run.stdout.utf8))
  }

  @Test func `the fingerprint is shown and asked for, the password asked once and never seen`() async throws {
    let host = try await Lab.host(.debian)
    let fingerprint = try await host.root("ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub | cut -d' ' -f2")
    try await Operator.with { person in
      let session = try await Self.session(
        person, host.target,
        [["Trust this key from now on? [y/N] ", "y\n"], ["Password of \(host.target): ", "raspberry\n"]])
      #expect(session.status == 0, "\(session.screen)")
      #expect(session.unasked == [])
      #expect(session.screen.contains(fingerprint))
      #expect(session.screen.count(of: "Password of ") == 1)
      #expect(!session.screen.contains("raspberry\r"), "\(session.screen)")
      #expect(session.echoes)
      #expect(try await person.logsIn(to: host))
    }
  }

  @Test func `after a wrong password the person is asked again`() async throws {
    let host = try await Lab.host(.debian)
    try await Operator.with { person in
      try await person.trusts(host)
      let session = try await Self.session(
        person, host.target,
        [
          ["Password of \(host.target): ", "wrong\n"], ["Wrong password. Password of \(host.target): ", "raspberry\n"],
        ])
      #expect(session.status == 0, "\(session.screen)")
      #expect(session.unasked == [])
      #expect(session.screen.count(of: "Password of ") == 2)
    }
  }

  @Test func `a passphrase is typed once for the login, its rehearsal and its proofs`() async throws {
    let host = try await Lab.host(.debian)
    try await Operator.with { person in
      try await person.trusts(host)
      try await person.shell(
        "umask 077; mkdir -p .ssh; ssh-keygen -q -t ed25519 -N 'correct horse' -f .ssh/id_ed25519")
      try await host.authorize(try person.read(".ssh/id_ed25519.pub"))
      try person.write(
        "edit.lua",
        """
        recipe {
          summary = "Forbid root's login",
          hosts = { { "host", "The host" } },
          needs = { "ssh", "run" },
          run = function(hosts)
            hosts.host:edit_config { options = { PermitRootLogin = "no" } }
            hosts.host:restart_ssh {}
            hosts.host:run "true"
          end,
        }
        """)
      let session = try await Self.session(
        person, host.target,
        [["Passphrase of the key", "wrong\n"], ["Wrong passphrase. Passphrase of the key", "correct horse\n"]],
        recipe: "/root/edit.lua")
      #expect(session.status == 0, "\(session.screen)")
      #expect(session.unasked == [])
      #expect(session.screen.count(of: "Passphrase of ") == 2, "\(session.screen)")
    }
  }

  @Test func `a key that the person does not accept ends the run, and is not remembered`() async throws {
    let host = try await Lab.host(.debian)
    try await Operator.with { person in
      let session = try await Self.session(person, host.target, [["Trust this key from now on? [y/N] ", "\n"]])
      #expect(session.status == 1)
      #expect(session.screen.contains("the host's key is not known, and was not accepted"), "\(session.screen)")
      #expect(try await person.shell("cat /root/.ssh/known_hosts 2>/dev/null; true").stdout == "")
    }
  }

  @Test func `Ctrl-C at the password ends the run, and the terminal echoes again`() async throws {
    let host = try await Lab.host(.debian)
    try await Operator.with { person in
      try await person.trusts(host)
      let session = try await Self.session(person, host.target, [["Password of \(host.target): ", "\u{3}"]])
      #expect(session.status == 130, "\(session.screen)")
      #expect(session.screen.contains("Cancelled after"), "\(session.screen)")
      #expect(session.echoes)
    }
  }
}

extension String {
  fileprivate func count(of words: String) -> Int { ranges(of: words).count }
}
