import Foundation
import Testing

/// Connections that the program makes for ssh, with `TCP_NODELAY`.
@Suite("the dialer", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct DialerTests {
  /// The number of logins of a run that went over the dialer, and of all: an `ssh` in front of the real one keeps the
  /// command lines.
  private func logins(
    _ person: Operator, _ host: LabHost, _ variables: String...
  ) async throws -> String {
    try person.write(
      "bin/ssh",
      """
      #!/bin/sh
      case "$*" in *" -E "*) printf '%s\\n' "$*" | head -n 1 >>/root/logins ;; esac
      exec /usr/bin/ssh "$@"
      """, mode: 0o755)
    try person.write("logins", "")
    try person.write("mark.lua", Operator.mark)
    let path = "PATH=/root/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    let run = try await person.run(
      ["env", path] + variables + Operator.line("/root/mark.lua", [host]))
    #expect(run.status == 0, "\(run)")
    let lines = try person.read("logins").split(separator: "\n")
    return "\(lines.count { $0.contains(" ssh-dialer ") }) of \(lines.count)"
  }

  @Test func `a run's login goes over the dialer, unless the user does not want it`() async throws {
    let host = try await Lab.host(.debian)
    try await Operator.with { person in
      // Also at the first contact, which asks about the key.
      let first = try await logins(person, host)
      #expect(first == "1 of 1")
      #expect(try await logins(person, host) == "1 of 1")
      #expect(try await logins(person, host, "SSH_RECIPES_NO_DIALER=1") == "0 of 1")
      // Shells that cannot run the dialer's command, or take long to start.
      for shell in ["/usr/bin/fish", "/nonexistent", ""] {
        #expect(try await logins(person, host, "SHELL=\(shell)") == "1 of 1")
      }
    }
  }

  @Test(arguments: [
    "BindAddress ADDRESS", "BindInterface client", "CheckHostIP yes", "CanonicalizeHostname yes", "IPQoS cs1",
    "ConnectionAttempts 2", "NoHostAuthenticationForLocalhost yes", "SendEnv *",
  ])
  func `settings that a ProxyCommand would change leave the connection to ssh`(_ line: String) async throws {
    let host = try await Lab.host(.debian)
    try await Operator.with { person in
      let own = try await person.shell("ip -o -4 address show dev client | awk '{ print $4; exit }' | cut -d/ -f1")
      let address = own.stdout.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
      try person.write(".ssh/config", "Host *\n \(line.replacing("ADDRESS", with: address))\n")
      #expect(try await logins(person, host) == "0 of 1")
    }
  }

  @Test func `no dialer stays after a run that was interrupted while it connected`() async throws {
    let host = try await Lab.host(.debian)
    try await Lab.lab("link", Lab.name, host.index, "down")
    try await Operator.with { person in
      try person.write("mark.lua", Operator.mark)
      let run = try await Running.start(person, ["run", "/root/mark.lua", host.target, "--accept-new"])
      let isDialing = try await eventually { run.processes.contains { $0.contains(" ssh-dialer any ") } }
      #expect(isDialing)
      run.send(SIGINT)
      _ = try await run.end()
      #expect(try await eventually { run.processes.isEmpty })
    }
    try await Lab.lab("link", Lab.name, host.index, "up")
  }

  @Test(arguments: [":2222", ":22", "nowhere.invalid"])
  func `a failure is told in the same words with the dialer and without`(_ place: String) async throws {
    let host = try await Lab.host(.debian)
    if place == ":22" { try await host.root("systemctl stop ssh; nohup nc -l -p 22 </dev/null >/dev/null 2>&1 &") }
    let name = place.hasPrefix(":") ? host.address + place : place
    try await Operator.with { person in
      try person.write("mark.lua", Operator.mark)
      var errors: [String] = []
      for variable in ["SSH_RECIPES_NO_DIALER=1", "A=b"] {
        let run = try await person.run(
          ["env", variable, Lab.binary, "run", "/root/mark.lua", "pi@\(name)", "--accept-new", "--output", "plain"])
        #expect(run.status == 1, "\(run)")
        errors.append(run.errors(about: host))
      }
      #expect(errors[0] == errors[1])
    }
  }
}
