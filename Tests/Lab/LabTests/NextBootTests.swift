import Foundation
import Testing

@Suite("the watchdog after a power cut", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct NextBootTests {
  private static let traces =
    "find /etc /usr/local/etc -name '*ssh-recipes*' 2>/dev/null; ps | grep '[/]watch ' || true"

  @Test(arguments: [Lab.Kind.debian, .sysv, .openrc, .alpine, .syno])
  func `a run as root that the power cut off is rolled back by the host's next boot`(_ kind: Lab.Kind) async throws {
    try await Operator.with { person in
      let host = try await Self.host(kind, person)
      try person.write("write.lua", Self.recipe)
      async let run = person.unattended("/root/write.lua", host)
      try await Poll.until("the file is written") { FileManager.default.fileExists(atPath: person.home + "/written") }
      #expect(try await host.root("cat /etc/limits") == "none")
      try await Lab.lab("kill", Lab.name, host.index)
      try person.write("go", "")
      try await Lab.lab("boot", Lab.name, host.index)
      try await Poll.until("the host is as before") {
        let now = try await host.root("cat /etc/limits")
        let traces = try await host.root(Self.traces)
        return now == "some" && traces == ""
      }
      #expect(try await person.logsIn(to: host))
      #expect(try await run.status != 0)
    }
  }

  /// Keeps the run between the act and the proof at its end.
  private static let recipe = """
    recipe {
      summary = "Writes a file",
      hosts = { { "host", "A host" } },
      needs = { "files", "run", "root" },
      run = function(hosts)
        hosts.host:write { path = "/etc/limits", contents = "none\\n", root = true }
        here:run 'touch /root/written; until [ -e /root/go ]; do sleep 0.1; done'
      end,
    }
    """

  private static func host(_ kind: Lab.Kind, _ person: Operator) async throws -> LabHost {
    let host = try await RehearsalTests.host(kind, person)
    try await host.root("echo some >/etc/limits; rm -f /etc/sudoers.d/requiretty")
    // Of two ways to start at boot, OpenRC's is left.
    if kind == .openrc { try await host.root("rm -r /etc/cron.d") }
    return host
  }
}
