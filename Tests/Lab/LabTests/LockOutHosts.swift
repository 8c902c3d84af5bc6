import Foundation
import Testing

/// Hosts shared by many cases, as many as work at once. Each host is restored to the original state before the next
/// case.
actor LockOutHosts {
  static let shared = LockOutHosts()

  private let made = HostsOfTest()
  private var free: [LabHost] = []
  private var rows: [String] = []

  /// Gives the body a host like new.
  func with(_ body: @Sendable (LabHost) async throws -> Void) async throws {
    let host: LabHost
    if let last = free.popLast() {
      host = last
      try await Lab.lab("reset", Lab.name, host.index)
    } else {
      host = try await LabScope.$hosts.withValue(made) { try await Lab.host(.debian) }
    }
    defer { free.append(host) }
    try await body(host)
  }

  /// Says which gate caught what, for the table.
  func note(_ name: String, _ gate: String, _ message: String) {
    let cell = { (text: String, width: Int) in text + String(repeating: " ", count: max(1, width - text.count)) }
    rows.append(cell(name, 62) + cell(gate, 11) + message)
  }

  func close() async {
    await made.switchOff()
    if !rows.isEmpty { print((["", "Which gate caught what:"] + rows.sorted()).joined(separator: "\n  ")) }
  }
}

/// Prints the table when the suite ends.
struct LockOutTable: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await function()
    await LockOutHosts.shared.close()
  }
}

extension Trait where Self == LockOutTable {
  static var table: Self { Self() }
}
