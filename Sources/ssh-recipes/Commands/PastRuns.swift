import Diagnosis
import Hosts
import Runs
import Values

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Finds past runs by their IDs.
enum PastRuns {
  /// - Parameter name: a run ID; `nil` for the last run that made changes and is not itself an undo.
  /// - Throws: ``CommandFailure``.
  static func find(_ name: String?, in history: History) throws -> PastRun {
    let runs = history.runs()
    guard let name else {
      guard let last = runs.first(where: { !$0.recipe.hasPrefix("undo ") && $0.changedSomething }) else {
        throw CommandFailure("there is no run to undo; no run has made changes yet")
      }
      return last
    }
    if let run = runs.first(where: { $0.id == name }) { return run }
    if let doubt = history.doubt(about: name) { throw CommandFailure(doubt.message) }
    let guess = NearestName.find(name, among: runs.map(\.id)).map { "; did you mean \"\($0)\"?" }
    throw CommandFailure("there is no run \"\(name)\"" + (guess ?? "; `ssh-recipes history` lists the runs"))
  }
}

extension PastRun {
  /// False where everything that the run began failed, for instance because another run held the lock, and where the run
  /// undid its own changes.
  fileprivate var changedSomething: Bool { outcome != .undone && acts.contains { $0.isDone != false } }

  /// `20261121-063301-abc  2026-11-21 06:33  raspi_passwordless  pi@host  2 changes, done`.
  var line: String {
    let places = hosts.isEmpty ? "here" : hosts.joined(separator: ", ")
    let count = acts.count == 1 ? "1 change" : "\(acts.count) changes"
    let ending = outcome?.description.visible ?? "cut off"
    return "\(id)  \(Self.time(began))  \(recipe.visible)  \(places.visible)  \(count), \(ending)"
  }

  var detailLines: [String] {
    [line]
      + acts.map { act in
        let state = act.isDone.map { $0 ? "" : "  (failed)" } ?? "  (cut off: may or may not be done)"
        let account = act.account == .root ? " as root" : ""
        return "  \(act.host.visible)\(account): \(act.summary.visible)\(state)"
      } + ["", "ssh-recipes undo \(id)   undoes this run; add --plan to see first what that would change"]
  }

  private static func time(_ date: Date) -> String {
    date.formatted(
      Date.ISO8601FormatStyle(dateTimeSeparator: .space, timeZone: .current).year().month().day()
        .time(includingFractionalSeconds: false))
  }
}
