import Testing

@Suite("the program of docs/embedding.md that logs in", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct EmbeddedLoginTests {
  private static let program = Lab.root + "/.build/debug/embedding-login"

  @Test func `it trusts the key that it knows, gives the password, and ends with a login by key`() async throws {
    let pi = try await Lab.host(.debian)
    let key = try await pi.root("ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub | cut -d' ' -f2")
    try await Operator.with { person in
      let run = try await person.run([Self.program, pi.target, key], input: pi.password + "\n")
      #expect(run == Finished(status: 0, stdout: "applied\n", stderr: ""))
      #expect(try await person.logsIn(to: pi))
    }
  }

  @Test func `it refuses a host with another key, and a wrong password is tried once`() async throws {
    let pi = try await Lab.host(.debian)
    let key = try await pi.root("ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub | cut -d' ' -f2")
    try await Operator.with { person in
      let other = try await person.run([Self.program, pi.target, "SHA256:other"], input: pi.password + "\n")
      #expect(other.stdout.hasSuffix("failed\n"), "\(other)")
      #expect(other.stdout.contains("failed: \(pi.target): "), "\(other)")
      let wrong = try await person.run([Self.program, pi.target, key], input: "wrong\n")
      #expect(wrong.stdout.hasPrefix("failed: \(pi.target): the password was refused"), "\(wrong)")
      let failures = try await pi.root("journalctl -u ssh --no-pager | grep -c 'Failed password'")
      #expect(failures == "1", "\(wrong)")
      #expect(try await person.logsIn(to: pi) == false)
    }
  }
}
