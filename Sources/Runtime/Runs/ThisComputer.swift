import Hosts

/// This computer, shared by all runs of one command: one shell, and one call at a time, so that several runs in need of
/// a key make only one.
actor ThisComputer {
  nonisolated let reader: Reader
  private var isBusy = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ setup: RunSetup) {
    let transport = setup.transport(to: nil, offers: { [] })
    reader = Reader(host: Host(id: 0, role: "here", target: nil, transport: transport), platforms: setup.platforms)
  }

  /// Performs `body` while no other run uses this computer.
  func alone<T: Sendable>(_ body: @Sendable () async throws -> T) async rethrows -> T {
    if isBusy { await withCheckedContinuation { waiting.append($0) } }
    isBusy = true
    defer {
      isBusy = !waiting.isEmpty
      if !waiting.isEmpty { waiting.removeFirst().resume() }
    }
    return try await body()
  }

  func close() async { await reader.host.transport.close() }
}
