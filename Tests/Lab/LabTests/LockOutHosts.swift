import Foundation
import Testing

/// Few hosts that many cases share, each put back to how it was made before the next case takes it.
actor LockOutHosts {
  static let shared = LockOutHosts(width: 4)

  private var free: [LabHost] = []
  private var unmade: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []
  private var rows: [String] = []

  private init(width: Int) { unmade = width }

  /// Gives the body a host like new.
  func with(_ body: @Sendable (LabHost) async throws -> Void) async throws {
    while free.isEmpty, unmade == 0 { await withCheckedContinuation { waiting.append($0) } }
    let host: LabHost
    if let last = free.popLast() {
      host = last
      try await Lab.lab("reset", Lab.name, host.index)
    } else {
      unmade -= 1
      host = try await Lab.host(.debian)
    }
    defer {
      free.append(host)
      if !waiting.isEmpty { waiting.removeFirst().resume() }
    }
    try await body(host)
  }

  /// Says which gate caught what, for the table.
  func note(_ name: String, _ gate: String, _ message: String) {
    let cell = { (text: String, width: Int) in text + String(repeating: " ", count: max(1, width - text.count)) }
    rows.append(cell(name, 62) + cell(gate, 11) + message)
  }

  func close() async {
    for host in free { _ = try? await Lab.lab("kill", Lab.name, host.index) }
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
