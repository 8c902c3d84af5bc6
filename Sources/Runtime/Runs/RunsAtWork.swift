import Diagnosis
import Dispatch
import Hosts
import LoginSafety
import Lua
import Recipes
import Synchronization

/// The runs of one command, for the watchdog of the Lua machine: the connections to close and the report to give when a
/// recipe hangs beyond all other limits.
final class RunsAtWork: Sendable {
  /// Time for hosts to close. `ssh` ends by itself after the program, but leaves files behind.
  private let timeout: DispatchTimeInterval
  private let start = ContinuousClock.now
  private let runs: Mutex<[Run]>
  private let sink: any EventSink

  init(_ runs: [Run] = [], sink: any EventSink, timeout: DispatchTimeInterval = .seconds(10)) {
    self.timeout = timeout
    self.runs = Mutex([])
    self.sink = sink
    for run in runs { add(run) }
  }

  func add(_ run: Run) {
    runs.withLock { $0.append(run) }
    run.machine.onHang { [weak self, weak run] report in
      if let self, let run { self.end(run, report) }
    }
  }

  /// Forgets all runs.
  func finish() { runs.withLock { $0 = [] } }

  /// Called on the watchdog's thread; the process ends on return. A machine that hangs must not be called.
  private func end(_ culprit: Run, _ report: LuaWatchdog.Report) {
    let runs = runs.withLock { $0 }
    let failure = Self.failure(culprit, report, among: runs)
    let closed = DispatchSemaphore(value: 0)
    Task.detached {
      await withTaskGroup(of: Void.self) { group in
        for run in runs {
          for reader in run.readers { group.addTask { await reader.host.transport.close() } }
        }
      }
      closed.signal()
    }
    _ = closed.wait(timeout: .now() + timeout)
    for run in runs { run.journal?.close(as: RecordedOutcome(failure)) }
    sink.receive(
      .finished(
        Report(
          of: runs, failures: [failure], recipe: culprit.recipe.name,
          hosts: runs.flatMap { $0.assignment.targets.map(\.description) }, duration: start.duration(to: .now),
          isPlan: culprit.options.isPlan)))
  }

  private static func failure(_ run: Run, _ report: LuaWatchdog.Report, among runs: [Run]) -> Failure {
    var failure = Failure(
      .limit, "the recipe \"\(run.recipe.name)\" hangs inside one function of Lua, and nothing else can end it",
      explanation: "every connection was closed and the program ended; the line is the last one that was seen",
      fix: ["ssh-recipes history", "look at the recipe at that line, or soon after it"])
    let hosts = run.assignment.targets.map(\.description)
    failure.host = hosts.isEmpty ? "here" : hosts.joined(separator: ", ")
    failure.step = run.state.step(of: report.branch)
    failure.position = report.position?.description
    for host in (runs.isEmpty ? [run] : runs).flatMap(\.readers).map(\.host) {
      guard host.waitsForRestart || !host.watchdogs.isEmpty else { continue }
      failure.kind = .unknown
      let timeout = (host.watchdogs.map(\.timeout) + [host.runWatchdog?.timeout].compactMap(\.self)).max()
      failure.fix.append(
        "sshd has not read its new configuration on \(host.name); "
          + (timeout.map { "the host restores the old one by itself within \($0) seconds; then look again" }
            ?? "look before it is restarted: sudo sshd -t"))
    }
    return failure
  }
}
