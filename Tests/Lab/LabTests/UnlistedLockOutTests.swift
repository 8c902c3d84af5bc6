import Foundation
import Testing

/// Changes on no list. After any run, the account logs in and becomes root, or the run was refused.
@Suite("no run locks anybody out", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab, .serialized, .outcomes)
struct UnlistedLockOutTests {
  @Test(arguments: OutcomeCase.all)
  func `a run after which nobody would get in does not stay`(_ outcome: OutcomeCase) async throws {
    let host = try await Lab.host(outcome.kind)
    try await Operator.with { person in
      try await Self.arrange(outcome, host, person)
      let run = try await person.run([Lab.binary, "run", "/root/lock.lua", host.target, "--yes", "--output", "plain"])
      // Where the run could not ask, the host rolls back once the watchdog's time is over.
      let isIn = try await Self.eventually(within: .seconds(run.status == 4 ? 240 : 5)) {
        let session = try await person.run([
          "timeout", "20", "ssh", "-o", "BatchMode=yes", "-o", "ControlPath=none", "-o", "ConnectTimeout=5",
          host.target,
          host.kind == .alpine ? "doas true && echo in" : "sudo -n true && echo in",
        ])
        return session.status == 0 && session.stdout == "in\n"
      }
      #expect(isIn, "locked out: \(run)")
      if outcome.inTerminal { #expect(try await Self.hasTerminal(host, person), "no terminal: \(run)") }
      let names: [Int32: String] = [
        0: "harmless", 1: "refused or failed", 3: "rolled back", 4: "unknown", 7: "rescued",
      ]
      await OutcomeTable.shared.note(outcome.testDescription, isIn ? names[run.status] ?? "?" : "LOCKED OUT")
    }
  }

  private static func hasTerminal(_ host: LabHost, _ person: Operator) async throws -> Bool {
    let typed = "(sleep 1; echo \"echo i''n\"; sleep 1; echo exit)"
    let session = try await person.run([
      "sh", "-c", "\(typed) | timeout 20 ssh -tt -o BatchMode=yes -o ControlPath=none \(host.target)",
    ])
    return session.stdout.split(whereSeparator: \.isNewline).contains("in")
  }

  private static func arrange(_ outcome: OutcomeCase, _ host: LabHost, _ person: Operator) async throws {
    try await person.trusts(host)
    try person.write("lock.lua", outcome.recipe)
    try await person.shell("ssh-keygen -q -t ed25519 -N '' -C me@here -f .ssh/id_ed25519")
    try await host.authorize(try person.read(".ssh/id_ed25519.pub"))
    try await host.root(outcome.arranging)
  }

  /// Looks once a second.
  private static func eventually(within patience: Duration, _ condition: () async throws -> Bool) async throws -> Bool {
    let end = ContinuousClock.now + patience
    while ContinuousClock.now < end {
      if try await condition() { return true }
      try await Task.sleep(for: .seconds(1))
    }
    return try await condition()
  }
}

/// Prints the result of each case.
actor OutcomeTable {
  static let shared = OutcomeTable()
  private var rows: [String] = []

  func note(_ name: String, _ end: String) {
    rows.append(name + String(repeating: " ", count: max(1, 70 - name.count)) + end)
  }

  func close() { if !rows.isEmpty { print((["", "What came of it:"] + rows.sorted()).joined(separator: "\n  ")) } }
}

struct OutcomeTrait: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await function()
    await OutcomeTable.shared.close()
  }
}

extension Trait where Self == OutcomeTrait {
  static var outcomes: Self { Self() }
}
