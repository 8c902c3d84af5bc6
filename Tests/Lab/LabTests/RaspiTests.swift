import Testing

@Suite("raspi_passwordless on a real Debian", .enabled(if: Lab.isThere, "started by Tests/Lab/run"))
struct RaspiTests {
  @Test func `a host that asks for a password ends with a login by key, and a second run changes nothing`() async throws
  {
    let pi = try await Lab.host(.debian)
    try await Operator.with { person in
      #expect(try await person.logsIn(to: pi) == false)
      let first = try await person.unattended("raspi_passwordless", pi)
      #expect(first.status == 0, "\(first)")
      #expect(try await person.logsIn(to: pi))
      #expect(try person.read(".ssh/id_ed25519.pub").hasPrefix("ssh-ed25519 "))

      let before = try await pi.snapshot()
      let second = try await person.unattended("raspi_passwordless", pi)
      #expect(second.status == 0, "\(second)")
      #expect(second.stdout.contains("nothing to do") || second.stdout.contains("unchanged"))
      #expect(try await pi.snapshot() == before)
    }
  }

  @Test func `a plan exits with 2 and changes not one byte`() async throws {
    let pi = try await Lab.host(.debian)
    try await Operator.with { person in
      let before = try await pi.snapshot()
      let plan = try await person.unattended("raspi_passwordless", pi, command: "plan")
      #expect(plan.status == 2, "\(plan)")
      #expect(try await pi.snapshot() == before)
      #expect(try await person.shell("ls -A .ssh 2>/dev/null").stdout == "known_hosts\n")
    }
  }
}
