import Foundation
import Testing

@testable import Contract
@testable import Diagnosis
@testable import Hosts
@testable import Primitives
@testable import Values

@Suite struct TailLogTests {
  private static let log = """
    Nov 21 10:00:00 pi cron[1]: (root) CMD (true)
    Nov 21 10:00:01 pi sshd[2]: Authentication refused: bad ownership or modes for directory /home/pi
    Nov 21 10:00:02 pi sshd-session[3]: Accepted publickey for pi from 10.0.0.1 port 5 ssh2
    Nov 21 10:00:03 pi dropbear[4]: Pubkey auth succeeded

    """

  private func host(
    _ sources: [Platform.LogSource], refusal: RootRefusal? = nil, granted: Set<Permission> = Set(Permission.allCases)
  ) throws -> ShellHost {
    var platform = Platform.generic
    platform.logs = sources
    return try ShellHost(platform: platform, services: TestServices(granted: granted)) {
      $0.rootRefusal = refusal
      $0.user = "pi"
    }
  }

  @Test func `the lines of sshd are picked from a file that others write to, whatever sshd calls itself`() async throws
  {
    let file = FileManager.default.temporaryDirectory.appending(path: "log-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(Self.log.utf8).write(to: file)
    let pi = try host([.file("/nonexistent/auth.log"), .file(file.path)])
    let result = try await pi.call(.tailLog, ["lines": .integer(2)])
    let lines = [
      "Nov 21 10:00:02 pi sshd-session[3]: Accepted publickey for pi from 10.0.0.1 port 5 ssh2",
      "Nov 21 10:00:03 pi dropbear[4]: Pubkey auth succeeded",
    ]
    #expect(
      result.fields == [
        "source": .string(file.path), "lines": .list(lines.map { .string($0) }),
        "text": .string(lines.joined(separator: "\n")), "root": .boolean(false),
      ])
    let matched = try await pi.call(.tailLog, ["match": .string("bad ownership")])
    #expect(
      matched["text"]
        == .string("Nov 21 10:00:01 pi sshd[2]: Authentication refused: bad ownership or modes for directory /home/pi"))
  }

  @Test func `a journal that hides lines from this account is read as root`() async throws {
    let command = """
      if [ -e "$HOME/secret" ]; then echo 'sshd[1]: line'; else \
      echo 'Hint: You are currently not seeing messages from other users' >&2; fi
      """
    let pi = try host([.command(command, follow: nil, needs: "sh")])
    let first = try await pi.failure(.tailLog, ["root": .boolean(false)])
    #expect(first.kind == .denied)
    try pi.put("secret", "")
    let result = try await pi.call(.tailLog, ["root": .boolean(true)])
    #expect(result["root"] == .boolean(true))
    #expect(result["text"] == .string("sshd[1]: line"))
    #expect(pi.transport.ran == ["tail_log", "#tail_log"])
  }

  @Test func `without root the failure names what was tried, and why`() async throws {
    let command = "echo 'No journal files were opened due to insufficient permissions.' >&2; exit 1"
    let pi = try host(
      [.file("/nonexistent/auth.log"), .command(command, follow: nil, needs: "sh")], refusal: .noTool)
    let failed = try await pi.failure(.tailLog)
    #expect(
      failed
        == Failure(
          .denied, "the log of sshd cannot be read by this account", cause: .noRootTool,
          explanation: "neither sudo nor doas nor su can be used there",
          seen: ["\(command): not readable by this account", "/nonexistent/auth.log: not there"],
          fix: ["log in as root, or install sudo"]))
  }

  @Test func `root reads the log only for a recipe that may act as root`() async throws {
    let pi = try host(
      [.command("echo 'insufficient permissions' >&2", follow: nil, needs: "sh")], granted: [.logs])
    #expect(try await pi.failure(.tailLog, ["root": .boolean(true)]).kind == .permission)
    #expect(try await pi.failure(.tailLog).kind == .denied)
    #expect(pi.transport.ran == ["tail_log"])
  }

  @Test func `an empty log is an answer, and no proof`() async throws {
    let pi = try host([.command("true", follow: nil, needs: "sh")])
    let planned = try await pi.call(.tailLog, plan: true)
    #expect(planned.what == "true has no such line; that is no proof, because sshd does not log everything")
  }

  @Test func `following ends after its seconds, and brings what came meanwhile`() async throws {
    let pi = try host([
      .command("echo 'sshd[1]: old'", follow: "tail -n 5 -f \"$HOME/journal\"", needs: "sh")
    ])
    try pi.put("journal", "sshd[2]: new\n")
    let result = try await pi.call(.tailLog, ["follow": .integer(1)])
    #expect(result["lines"] == .list([.string("sshd[1]: old"), .string("sshd[2]: new")]))
  }
}
