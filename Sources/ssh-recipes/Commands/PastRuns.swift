import Diagnosis
import Hosts
import Runs
import Values

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Finds past commands by their IDs.
enum PastRuns {
  /// - Parameter name: an ID of a command, or of the command's run on one of several hosts; `nil` for the last command
  ///   with changes that is neither undone yet nor an undo.
  /// - Parameter force: whether a command counts too whose undo left changed files alone.
  /// - Throws: ``CommandFailure``.
  static func find(_ name: String?, in history: History, force: Bool = false) throws -> PastCommand {
    let commands = history.commands()
    let waits = { (run: PastRun) in run.waitsForUndo || force && run.isUndoneInPart }
    guard let name else {
      guard var last = commands.first(where: { !$0.isUndo && $0.runs.contains(where: waits) }) else {
        throw CommandFailure("there is no run to undo; \(reason(commands.filter { !$0.isUndo }))")
      }
      last.runs.removeAll { !waits($0) }
      return last
    }
    if let command = commands.first(where: { $0.id == name }) { return command }
    for command in commands {
      if let run = command.runs.first(where: { $0.id == name }) { return PastCommand(run) }
    }
    if let doubt = history.doubt(about: name) { throw CommandFailure(doubt.message) }
    let guess = NearestName.find(name, among: commands.map(\.id)).map { "; did you mean \"\($0)\"?" }
    throw CommandFailure("there is no run \"\(name)\"" + (guess ?? "; `ssh-recipes history` lists the runs"))
  }

  private static func reason(_ commands: [PastCommand]) -> String {
    guard commands.contains(where: \.tally.mayHaveChanged) else { return "no run has made changes yet" }
    guard let partly = commands.first(where: { $0.runs.contains(where: \.isUndoneInPart) }) else {
      return "all runs that made changes are undone"
    }
    return "the undo of \(partly.id) left alone the files changed since, and `ssh-recipes undo \(partly.id) --force` "
      + "undoes these as well"
  }

  /// - Parameter options: patterns over the hosts of the command, and over the groups of an inventory.
  /// - Throws: ``CommandFailure`` for a pattern without a match, and if no host of the command is left.
  static func limit(_ command: PastCommand, by options: InventoryOptions) async throws -> PastCommand {
    guard !options.limit.isEmpty || !options.exclude.isEmpty else { return command }
    let hosts = command.hosts.map { HostChoice.Chosen(name: $0) }
    let left = try await HostChoice(options).limited(hosts, [command.id])
    return command.limited(to: Set(left.map(\.name)))
  }
}

extension PastCommand {
  /// `20261121-063301-abc  2026-11-21 06:33  raspi_passwordless  pi@host  2 changes, done`.
  var line: String {
    let places = hosts.isEmpty ? "here" : hosts.named(atMost: 6)
    return "\(id)  \(Self.time(began))  \(recipe.visible)  \(places.visible)  \(count), \(ending)\(rest)"
  }

  /// The hosts without a run in the history, or with a failed one.
  private var rest: String {
    unfinished.map { "; \($0.names.count) of \($0.total) hosts failed or were not begun" } ?? ""
  }

  private var count: String {
    if isUndo { return tally.changes("change undone", "changes undone") }
    let tally = tally
    let rolledBack = tally.rolledBack > 0 ? ", \(tally.rolledBack) rolled back" : ""
    return tally.changes() + rolledBack
  }

  /// `done`; `3 done, 1 failed (denied)`.
  private var ending: String {
    let undone = runs.compactMap(\.undone)
    if let first = undone.first, undone.count == runs.count {
      return undone.dropFirst().reduce(into: first) { $0.left += $1.left }.ending
    }
    let endings = runs.map(\.ending)
    guard let first = endings.first, endings.contains(where: { $0 != first }) else { return endings.first ?? "" }
    var counts: [(text: String, count: Int)] = []
    for ending in endings {
      if let index = counts.firstIndex(where: { $0.text == ending }) {
        counts[index].count += 1
      } else {
        counts.append((ending, 1))
      }
    }
    return counts.map { "\($0.count) \($0.text)" }.joined(separator: ", ")
  }

  var detailLines: [String] {
    var lines = [line]
    if let unfinished { lines.append("  failed or not begun: " + unfinished.names.joined(separator: ", ").visible) }
    for run in runs {
      if runs.count > 1 {
        let hosts = run.hosts.joined(separator: ", ").visible
        lines.append("  \(run.id)  \(hosts)  \(run.tally.changes()), \(run.ending)")
      }
      lines += run.acts.map { act in
        let state = act.isDone.map { $0 ? "" : "  (failed)" } ?? "  (cut off: may or may not be done)"
        let account = act.account == .root ? " as root" : ""
        let note = act.isLasting ? "" : "  (no change of its own)"
        return "  \(act.host.visible)\(account): \(act.summary.visible)\(state)\(note)"
      }
    }
    return lines + ["", "ssh-recipes undo \(id)   undoes this; add --plan to see first what that would change"]
  }

  private static func time(_ date: Date) -> String {
    date.formatted(
      Date.ISO8601FormatStyle(dateTimeSeparator: .space, timeZone: .current).year().month().day()
        .time(includingFractionalSeconds: false))
  }
}

extension PastRun {
  /// The outcome in the words of the closing line; the kind of a failure in brackets.
  fileprivate var ending: String {
    if let undone { return undone.ending }
    return switch outcome {
    case nil: "cut off"
    case .failed(let kind) where ["cancelled", "unknown"].contains(kind): kind
    case .failed("rolled-back"): "rolled back"
    case .failed("failed"): "failed"
    case .failed(let kind): "failed (\(kind.visible))"
    case .done, .undone, .partlyDone: outcome?.description ?? ""
    }
  }
}

extension PastUndo {
  fileprivate var ending: String { left > 0 ? "undone but for \(left)" : "undone" }
}
