import Runs
import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Collects a command's events for its report, and passes them on.
final class ReportRecorder: EventSink {
  private struct State {
    var builder = ReportBuilder()
    var report: Report?
  }

  private let next: any EventSink
  private let began = Date()
  private let start = ContinuousClock.now
  private let state = Mutex(State())

  init(_ next: any EventSink) { self.next = next }

  func receive(_ event: Event) {
    let time = Int(start.duration(to: .now).milliseconds)
    state.withLock { state in
      state.builder.take(event, at: time)
      if case .finished(let report) = event { state.report = report }
    }
    next.receive(event)
  }

  /// - Parameter history: has the journals of the command.
  /// - Returns: `nil` before the end of the command.
  func document(_ history: History) -> ReportDocument? {
    state.withLock { state in
      state.report.map { state.builder.document($0, began: began, journals: Self.journals(of: $0, history)) }
    }
  }

  private static func journals(of report: Report, _ history: History) -> [ReportDocument.JournalCopy] {
    guard !report.isPlan, let id = report.id else { return [] }
    let ids = history.cutOffAttempts(before: id) + [id]
    return ids.flatMap(history.lines).map { ReportDocument.JournalCopy(run: $0.run, lines: $0.lines) }
  }
}
