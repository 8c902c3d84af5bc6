import Foundation
import LuaBaseline
import Synchronization
import Testing

@testable import Hosts
@testable import Lua
@testable import Recipes
@testable import Runs

/// What is left of runs when they are over. `LEAK_RUNS=10000 swift test --filter RunLeakTests` also measures memory and
/// file descriptors, which other tests of the same process would disturb.
@Suite struct RunLeakTests {
  /// Keeps an eye on every transport that a run was given.
  final class WatchedTransports: TransportFactory {
    private struct Weak: Sendable { weak let transport: WatchedTransport? }
    private let made = Mutex<[Weak]>([])

    /// How many still exist.
    var count: Int {
      made.withLock { made in
        made.removeAll { $0.transport == nil }
        return made.count
      }
    }

    func transport(for target: Target?, offers: @escaping @Sendable () -> [String]) -> any Transport {
      let transport = WatchedTransport()
      made.withLock { made in
        // What is kept of those that are gone would count as memory of the runs.
        made.removeAll { $0.transport == nil }
        made.append(Weak(transport: transport))
      }
      return transport
    }

    func freshLogin(to host: Hosts.Host, with request: FreshLoginRequest) async throws -> FreshLoginResult {
      FreshLoginResult(isIn: false, login: Login())
    }
  }

  final class WatchedTransport: Transport {
    private let local = LocalTransport(secrets: Nobody(), greeting: Reader.greeting(for: []))

    func run(_ script: Script, as account: Account) async throws -> Output { try await local.run(script, as: account) }
    func login() async throws -> Login { try await local.login() }
    func close() async { await local.close() }
  }

  struct Silent: EventSink {
    func receive(_ event: Event) {}
  }

  struct Usage: CustomStringConvertible {
    /// In bytes: what is in real memory, and what of the heap is in use; the same where the system does not tell these apart.
    let resident: Int
    let allocated: Int
    let descriptors: Int

    static func now() -> Usage {
      // First: what is free already, and only kept for later, is no leak.
      let allocated = Int(baseline_heap())
      let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ")
      let bytes = (pages?.dropFirst().first.flatMap { Int($0) } ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
      let folder = FileManager.default.fileExists(atPath: "/proc/self/fd") ? "/proc/self/fd" : "/dev/fd"
      return Usage(
        resident: bytes, allocated: allocated == 0 ? bytes : allocated,
        descriptors: (try? FileManager.default.contentsOfDirectory(atPath: folder).count) ?? 0)
    }

    var description: String {
      "\(resident / 1024) KB resident, \(allocated / 1024) KB allocated, \(descriptors) descriptors"
    }
  }

  /// How many machines of the recipe's runs still exist, each with its `lua_State`.
  private static func states(of recipe: String) -> Int {
    LuaWatchdog.shared.watched.count { $0.hasPrefix(recipe) }
  }

  private static let recipe = """
    recipe {
      summary = "Small",
      hosts = { { "pi", "A host" } },
      needs = { "files" },
      run = function(hosts)
        step "One"
        parallel({ 1, 2 }, function(n) note("branch " .. n) end)
        local co = coroutine.wrap(function() coroutine.yield(hosts.pi:status("/")) end)
        co()
        pcall(function() hosts.pi:read("/nowhere/at/all") end)
      end,
    }
    """

  @Test(.timeLimit(.minutes(30))) func `nothing of a run is left when it is over`() async throws {
    let wanted = ProcessInfo.processInfo.environment["LEAK_RUNS"].flatMap { Int($0) }
    let transports = WatchedTransports()
    let name = "leak_\(UUID().uuidString)"
    let runner = Runner(
      recipe: RecipeFile(name: name, path: "/nowhere/\(name).lua", bytes: Array(Self.recipe.utf8), origin: .path),
      RunSetup(
        platforms: [], options: RunOptions(targets: ["pi"]), person: Nobody(), factory: transports, sink: Silent(),
        journals: nil))
    let total = wanted ?? 40
    var usages: [Usage] = []
    for number in 0..<total {
      let report = try await runner.run()
      #expect(report.failures == [])
      if wanted != nil, (number + 1).isMultiple(of: max(1, total / 10)) {
        usages.append(.now())
        print("after \(number + 1) runs: \(Usage.now()), \(Self.states(of: name)) states, \(transports.count) hosts")
      }
    }
    await eventually { transports.count == 0 && Self.states(of: name) == 0 }
    #expect(transports.count == 0)
    #expect(Self.states(of: name) == 0)
    // The first half fills caches and the allocator's arenas.
    if usages.count >= 10, let last = usages.last {
      let half = usages[usages.count / 2 - 1]
      #expect(last.descriptors <= half.descriptors)
      // A quarter of a kilobyte a run: not one of the states or buffers that a run is made of. swift-subprocess keeps an
      // empty set for every process that there was (seen in 1.0.2: AsyncIO+Unix.swift, `Registration`).
      #expect(last.allocated - half.allocated < max(total / 2 * 256, 256 << 10))
      #expect(last.resident - half.resident < max(total / 2 * 256, 256 << 10))
    }
  }
}
