import Hosts
import Runs
import Values

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Past runs as people name and read them.
enum PastRuns {
  /// - Parameter name: `nil` for the last run that is not itself the taking back of another.
  /// - Throws: ``CommandFailure``.
  static func find(_ name: String?, in history: History) throws -> PastRun {
    let runs = history.runs()
    guard let name else {
      guard let last = runs.first(where: { !$0.recipe.hasPrefix("undo ") && $0.changedSomething }) else {
        throw CommandFailure("there is no run to take back; none has changed anything yet")
      }
      return last
    }
    if let run = runs.first(where: { $0.id == name }) { return run }
    let guess = NearestName.find(name, among: runs.map(\.id)).map { "; did you mean \"\($0)\"?" }
    throw CommandFailure("there is no run \"\(name)\"" + (guess ?? "; `ssh-recipes history` lists them"))
  }
}

extension PastRun {
  /// Not so where all that it began failed, as when another run held the lock, or was taken back by itself.
  fileprivate var changedSomething: Bool { outcome != "taken back" && changes.contains { $0.isDone != false } }

  /// `20261121-063301-abc  2026-11-21 06:33  raspi_passwordless  pi@host  2 changes, done`.
  var line: String {
    let places = hosts.isEmpty ? "here" : hosts.joined(separator: ", ")
    let count = changes.count == 1 ? "1 change" : "\(changes.count) changes"
    return "\(id)  \(Self.time(began))  \(recipe.visible)  \(places.visible)  \(count), \(outcome ?? "cut off")"
  }

  var detailLines: [String] {
    [line]
      + changes.map { change in
        let state = change.isDone.map { $0 ? "" : "  (failed)" } ?? "  (cut off: perhaps done, perhaps not)"
        let account = change.account == .root ? " as root" : ""
        return "  \(change.host.visible)\(account): \(change.summary.visible)\(state)"
      } + ["", "ssh-recipes undo \(id)   takes it back; with --plan it only says what that would change"]
  }

  private static func time(_ date: Date) -> String {
    date.formatted(
      Date.ISO8601FormatStyle(dateTimeSeparator: .space, timeZone: .current).year().month().day()
        .time(includingFractionalSeconds: false))
  }
}
