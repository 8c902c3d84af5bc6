import Testing

@Suite("faults", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct FaultTests {
  /// Of `make faults` those that are hard: an answer that is lost, a host that cannot write, a watchdog that must act.
  private static let points = [
    "debian:replace /home/pi/.ssh/authorized_keys, sent:ssh", "debian:replace /etc/ssh/sshd_config, answered:kill",
    "debian:replace /etc/ssh/sshd_config, half:full", "debian:restart sshd, before:read-only",
    "debian:restart sshd, sent:session", "debian:acknowledge to the watchdog, before:ssh",
    "debian:acknowledge to the watchdog, half:power", "debian:acknowledge to the watchdog, sent:link",
    "sysv:restart sshd, answered:kill", "sysv:acknowledge to the watchdog, before:sshd",
    "syno:arm the watchdog, sent:script", "syno:restart sshd, sent:int-int",
  ]

  @Test func `a run that is cut locks nobody out, leaves nothing half done, and can be undone`() async throws {
    let campaign = try await Lab.command(
      Lab.root + "/Tests/Lab/faults/run", ["--jobs", "4"] + Self.points)
    #expect(campaign.status == 0, "\(campaign)")
  }
}
