import Foundation
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// Passwords and private keys are nowhere but where they belong: not in a process list, not in a file, not in a log.
@Suite("secrets", .serialized, .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct SecretTests {
  private static let login = "Lovelace-\(UInt32.random(in: 10_000...99_999))-in"
  private static let words = [login, "PRIVATE KEY"]
  private static let header = "BEGIN OPENSSH PRIVATE KEY"

  @Test(arguments: ["plain", "json", "terminal"])
  func `neither a password nor a private key is seen while a run is on, nor found after it`(
    _ output: String
  ) async throws {
    let host = try await Lab.host(.sysv)
    try await host.root("chpasswd", input: "ada:\(Self.login)\n")
    try await Operator.with { person in
      try person.write("secrets.lua", Self.recipe)
      // The words are in files, since the command line of a test is in the process list as well.
      try person.write("password", Self.login)
      let (run, sightings) = try await Self.watching(person) {
        try await person.recipes(
          "run", "/root/secrets.lua", "ada@\(host.address)", "--accept-new", "--yes", "--debug", "--output", output,
          "--password-command", "cat /root/password", "--sudo-password-command", "cat /root/password")
      }
      #expect(run.status == 0, "\(run)")
      let found = sightings.filter { $0.hasPrefix("found") }
      #expect(found == [])
      for program in ["ssh", "sudo", "sshd"] {
        let count = sightings.first { $0.hasPrefix("seen \(program) ") }?.split(separator: " ").last.flatMap { Int($0) }
        #expect((count ?? 0) > 0, "nothing was seen of \(program), so that nothing is proved: \(sightings)")
      }
      // With --debug, the scripts themselves are shown, and one of them looks for files with "PRIVATE KEY" in them.
      let key = try person.read(".ssh/id_ed25519").split(whereSeparator: \.isNewline).map(String.init)
      try #require(key.first == "-----\(Self.header)-----" && key.count > 4)
      for word in [Self.login, Self.header] + key.dropFirst().dropLast() {
        #expect(!run.stdout.contains(word) && !run.stderr.contains(word), "\(run)")
      }
      try await Self.expectNoTraces(person, host)
    }
  }

  private static func expectNoTraces(_ person: Operator, _ host: LabHost) async throws {
    try FileManager.default.removeItem(atPath: person.home + "/password")
    // The key itself is where it belongs; the journal must be there, or looking into it would prove nothing.
    #expect(try await person.shell("ls /root/.local/state/ssh-recipes/* | grep .").status == 0)
    let here = try await person.shell(
      "grep -rlaF -e '\(words[0])' -e '\(words[1])' /root --exclude-dir=\(Lab.root) | grep -v '^/root/.ssh/id_ed25519$'"
    )
    #expect(here.stdout == "")
    try await host.root(
      "grep -q 'Accepted password for ada' /var/log/auth.log && grep -q 'sudo:.*ada' /var/log/auth.log")
    let there = try await host.root(
      "grep -rlaF -e '\(words[0])' -e '\(words[1])' /var/log /tmp /var/tmp /run /home /root /etc 2>/dev/null || true")
    #expect(there == "/etc/ssh/ssh_host_ed25519_key")
  }

  /// - Returns: what `body` did, and what stood in the process lists meanwhile.
  private static func watching(
    _ person: Operator, _ body: () async throws -> Finished
  ) async throws -> (Finished, [String]) {
    let report = person.home + "/sightings"
    let pipe = Pipe()
    let watcher = try ChildProcess(
      "/usr/bin/env",
      ["python3", "\(Lab.root)/Tests/Lab/watch-processes.py", report, login, header],
      input: .descriptor(pipe.fileHandleForReading.fileDescriptor))
    let result = try await body()
    try pipe.fileHandleForWriting.close()
    #expect(try await eventually { !watcher.isRunning })
    let lines = try String(contentsOfFile: report, encoding: .utf8).split(whereSeparator: \.isNewline).map(String.init)
    try FileManager.default.removeItem(atPath: report)
    return (result, lines)
  }

  private static let recipe = """
    recipe {
      summary = "Uses all that is secret",
      hosts = { { "to", "The host" } },
      needs = { "run", "files", "root", "keys" },
      run = function(hosts)
        local to = hosts.to
        local key = here:keygen { reuse = true }
        to:copy_id { key = key }
        to:write("/etc/motd", "hello", { root = true })
        to:run("sleep 3", { root = true })
        to:verify_login { key = key }
      end,
    }
    """
}
