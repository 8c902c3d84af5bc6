import Foundation
import Synchronization
import Testing

@testable import Runtime

/// What is done for the runs of a command when the watchdog is about to end the process.
@Suite struct RunsAtWorkTests {
  /// Keeps which hosts were closed, and the report that was told.
  final class Log: TransportFactory, EventSink {
    private let closed = Mutex<[String]>([])
    private let told = Mutex<Report?>(nil)
    var hosts: [String] { closed.withLock { $0.sorted() } }
    var report: Report? { told.withLock { $0 } }

    func close(_ host: String) { closed.withLock { $0.append(host) } }
    func receive(_ event: Event) {
      if case .finished(let report) = event { told.withLock { $0 = report } }
    }
    func transport(for target: Target?, offers: @escaping @Sendable () -> [String]) -> any Transport {
      Closing(host: target?.description ?? "here", log: self)
    }
    func freshLogin(to host: Runtime.Host, with request: FreshLoginRequest) async throws -> FreshLoginResult {
      FreshLoginResult(isIn: false, login: Login())
    }
  }

  struct Closing: Transport {
    let host: String
    let log: Log
    func run(_ script: Script, as account: Account) async throws -> Output { Output() }
    func login() async throws -> Login { Login() }
    func close() async { log.close(host) }
  }

  private static let recipe = RecipeFile(
    name: "mine", path: "/nowhere/mine.lua",
    bytes: Array(#"recipe { summary = "Mine", hosts = { { "to", "A host" } }, run = function() end }"#.utf8),
    origin: .path)

  /// Two runs of one command, of which the first has done something.
  private func with(_ body: (_ runs: [Run], _ log: Log, _ history: History) async throws -> Void) async throws {
    let folder = try TemporaryFolder()
    let log = Log()
    let setup = RunSetup(
      platforms: [], options: RunOptions(), person: Nobody(), factory: log, sink: log, journals: folder.url.path)
    let assignments = try RoleAssignment.runs(
      of: try await RecipeReader.header(of: Self.recipe),
      with: ["pi@one", "pi@two"].map { text in try Target(parsing: text) })
    let computer = ThisComputer(setup)
    let runs = try assignments.enumerated().map { index, assignment in
      try Run(
        id: "run-\(index + 1)", recipe: Self.recipe, assignment: assignment, setup: setup, computer: computer,
        numbers: Numbers(), journal: setup.journal("run-\(index + 1)", recipe: "mine", hosts: assignment.targets),
        branch: index)
    }
    try runs[0].journal?.write(JournalRecord(kind: .before, deed: .setMode, time: 0, act: 1, host: "pi@one"))
    try await body(runs, log, History(folder: folder.url.path))
  }

  /// On a thread of its own, as the watchdog does it: it waits for tasks, which need those of the pool.
  private func hang(_ run: Run) async {
    let report = LuaWatchdog.Report(
      name: "mine run-2", branch: 1, position: LuaPosition(chunk: "mine.lua", line: 7))
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        run.machine.control.onHang?(report)
        continuation.resume()
      }
    }
  }

  @Test func `a recipe that hangs has every host closed, its journals ended, and the line told`() async throws {
    try await with { runs, log, history in
      let atWork = RunsAtWork(runs, sink: log, closing: .seconds(60))
      defer { atWork.finish() }
      await hang(runs[1])
      #expect(log.hosts == ["here", "here", "pi@one", "pi@two"])
      #expect(history.runs().map { "\($0.id) \($0.outcome ?? "")" } == ["run-1 limit"])
      let report = try #require(log.report)
      #expect(report.hosts == ["pi@one", "pi@two"])
      let failure = try #require(report.failures.first)
      #expect(failure.host == "pi@two")
      #expect(failure.position == "mine.lua:7")
      #expect(
        failure.message == "the recipe \"mine\" hangs inside one function of Lua, and nothing else can end it")
    }
  }

  @Test func `when the command is over nothing is closed any more`() async throws {
    try await with { runs, log, _ in
      let atWork = RunsAtWork(runs, sink: log)
      atWork.finish()
      await hang(runs[1])
      #expect(log.hosts == [])
    }
  }
}
