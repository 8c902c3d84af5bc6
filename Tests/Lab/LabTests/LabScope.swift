import Testing

/// Lets few tests work at once, so that times measured on a small machine mean something, and switches a test's hosts
/// off when it ends.
struct LabScope: SuiteTrait, TestTrait, TestScoping {
  @TaskLocal static var hosts: HostsOfTest?
  private static let gate = Gate(width: 4)

  var isRecursive: Bool { true }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    await Self.gate.enter()
    let hosts = HostsOfTest()
    let result = await Self.$hosts.withValue(hosts) { await Result(catching: function) }
    await hosts.switchOff()
    await Self.gate.leave()
    try result.get()
  }
}

extension Trait where Self == LabScope {
  static var lab: Self { Self() }
}

/// What one test has started.
actor HostsOfTest {
  private var indices: [String] = []

  func add(_ index: String) { indices.append(index) }

  func switchOff() async {
    for index in indices { _ = try? await Lab.lab("kill", Lab.name, index) }
    indices = []
  }
}

private actor Gate {
  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(width: Int) { free = width }

  func enter() async {
    guard free == 0 else {
      free -= 1
      return
    }
    await withCheckedContinuation { waiting.append($0) }
  }

  func leave() {
    guard !waiting.isEmpty else {
      free += 1
      return
    }
    waiting.removeFirst().resume()
  }
}

extension Result where Failure == any Error, Success: Sendable {
  fileprivate init(catching body: @Sendable () async throws -> Success) async {
    do { self = .success(try await body()) } catch { self = .failure(error) }
  }
}
