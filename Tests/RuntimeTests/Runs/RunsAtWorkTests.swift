import Foundation
import Synchronization
import Testing

@testable import Diagnosis
@testable import Hosts
@testable import LoginSafety
@testable import Lua
@testable import Recipes
@testable import Runs

/// What the watchdog has done before it ends the process.
@Suite struct RunsAtWorkTests {
  /// Notes which transports were closed; that of a busy target does not come to an end until it is let go.
  private final class Closings: TransportFactory {
    private struct State {
      var names: [String] = []
      var held: [CheckedContinuation<Void, Never>] = []
      var isReleased = false
    }
    private let state = Mutex(State())
    private let busy: String?

    init(busy: String? = nil) { self.busy = busy }

    var names: [String] { state.withLock { $0.names.sorted() } }

    func letGo() {
      let held = state.withLock {
        $0.isReleased = true
        return $0.held
      }
      for continuation in held { continuation.resume() }
    }

    func closed(_ name: String) async {
      if name == busy {
        await withCheckedContinuation { continuation in
          let isHeld = state.withLock {
            if !$0.isReleased { $0.held.append(continuation) }
            return !$0.isReleased
          }
          if !isHeld { continuation.resume() }
        }
      }
      state.withLock { $0.names.append(name) }
    }

    func transport(for target: Target?, offers: @escaping @Sendable () -> [String]) -> any Transport {
      Noting(name: target?.description ?? "here", closings: self)
    }

    func freshLogin(to host: Hosts.Host, with request: FreshLoginRequest) async throws -> FreshLoginResult {
      FreshLoginResult(isIn: false, login: Login())
    }
  }

  private struct Noting: Transport {
    let name: String
    let closings: Closings

    func run(_ script: Script, as account: Account) async throws -> Output { Output() }
    func login() async throws -> Login { Login() }
    func close() async { await closings.closed(name) }
  }

  private final class Reports: EventSink {
    private let reports = Mutex<[Report]>([])
    var all: [Report] { reports.withLock { $0 } }

    func receive(_ event: Event) {
      if case .finished(let report) = event { reports.withLock { $0.append(report) } }
    }
  }

  private static let source = #"recipe { summary = "Hangs", hosts = { { "pi", "A host" } }, run = function() end }"#

  /// Two runs of one command, with a journal each; the watchdog finds the first hanging in `hangs.lua:7`.
  private static func hang(
    _ closings: Closings, finished: Bool = false, isPending: Bool = false,
    timeout: DispatchTimeInterval = .seconds(600)
  ) async throws -> (reports: [Report], outcomes: [RecordedOutcome?]) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "at-work-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let reports = Reports()
    let targets = try ["pi@one", "two"].map { text in try Target(parsing: text) }
    let setup = RunSetup(
      platforms: [], options: RunOptions(targets: targets.map(\.description)), person: Nobody(), factory: closings,
      sink: reports, journals: folder)
    let file = RecipeFile(name: "hangs", path: "/nowhere/hangs.lua", bytes: Array(source.utf8), origin: .path)
    let assignments = try RoleAssignment.runs(of: try await RecipeReader.header(of: file), with: targets)
    let computer = ThisComputer(setup)
    let runs = try assignments.map { assignment in
      let id = assignment.targets.map(\.host).joined()
      return try Run(
        id: id, recipe: file, assignment: assignment, setup: setup, computer: computer, numbers: Numbers(),
        journal: setup.journal(id, recipe: file.name, hosts: assignment.targets), branch: 0)
    }
    for run in runs {
      let host = run.readers[1].host.name
      run.ended(run.numbers.call(), CallEnd(host: host, result: .changed))
      try run.journal?.write(.done(act: 1))
    }
    runs[0].state.update {
      $0.steps[0] = "Look for it"
      $0.parents[4] = 0
    }
    if isPending {
      let host = runs[1].readers[1].host
      host.addPendingRestart(PendingRestart(path: "/etc/ssh/sshd_config", before: [1], after: [2]))
      host.watchdogs = [Watchdog(in: "/etc/ssh", as: .root, timeout: 77, watching: Watched())]
    }
    let atWork = RunsAtWork(runs, sink: reports, timeout: timeout)
    if finished { atWork.finish() }
    let control = runs[0].machine.control
    let report = LuaWatchdog.Report(
      name: control.name, branch: 4, position: LuaPosition(chunk: "hangs.lua", line: 7))
    await withCheckedContinuation { continuation in
      // As the watchdog does: on a thread that is none of Swift's pool.
      Thread.detachNewThread {
        control.onHang?(report)
        continuation.resume()
      }
    }
    let history = History(folder: folder)
    let timeless = reports.all.map { report in
      var report = report
      report.duration = .zero
      return report
    }
    return (timeless, try runs.map { try history.run(named: $0.id).outcome })
  }

  private static let report: Report = {
    var failure = Failure(
      .limit, "the recipe \"hangs\" hangs inside one function of Lua, and nothing else can end it",
      explanation: "every connection was closed and the program ended; the line is the last one that was seen",
      fix: ["ssh-recipes history", "look at the recipe at that line, or soon after it"])
    failure.host = "pi@one"
    failure.step = "Look for it"
    failure.position = "hangs.lua:7"
    return Report(
      recipe: "hangs", hosts: ["pi@one", "two"], byHost: ["pi@one": Tally(changed: 1), "two": Tally(changed: 1)],
      failures: [failure], duration: .zero, isPlan: false)
  }()

  @Test func `a recipe that hangs is told with host, step and line, and the hosts of all runs are closed`() async throws
  {
    let closings = Closings()
    let seen = try await Self.hang(closings)
    #expect(seen.reports == [Self.report])
    #expect(seen.outcomes == [.failed(kind: "limit"), .failed(kind: "limit")])
    #expect(closings.names == ["here", "here", "pi@one", "two"])
  }

  @Test func `where sshd has not read an edit yet, nobody knows, and it is told what to look at`() async throws {
    let seen = try await Self.hang(Closings(), isPending: true)
    var report = Self.report
    report.failures[0].kind = .unknown
    report.failures[0].fix.append(
      "sshd has not read its new configuration on two; the host restores the old one by itself within 77 seconds; "
        + "then look again")
    #expect(seen.reports == [report])
    #expect(seen.outcomes == [.failed(kind: "unknown"), .failed(kind: "unknown")])
  }

  @Test func `a host that does not close holds nobody up for long`() async throws {
    let closings = Closings(busy: "two")
    let seen = try await Self.hang(closings, timeout: .milliseconds(200))
    #expect(seen.reports == [Self.report])
    #expect(seen.outcomes == [.failed(kind: "limit"), .failed(kind: "limit")])
    #expect(!closings.names.contains("two"))
    closings.letGo()
    await eventually { closings.names.contains("two") }
  }

  @Test func `runs that are over are not closed again`() async throws {
    let closings = Closings()
    let seen = try await Self.hang(closings, finished: true)
    #expect(seen.outcomes == [nil, nil])
    #expect(closings.names == [])
  }
}
