import Hosts
import SystemPackage
import Values

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A past command of the user with all of the command's runs: one for all hosts, or one for each.
package struct PastCommand: Sendable, Hashable {
  package var id: String
  /// In the order of the hosts; at least one.
  package var runs: [PastRun]
  /// The hosts to undo; `nil` for all.
  package var limit: Set<String>?

  /// A single run.
  package init(_ run: PastRun) { self.init(run.id, [run]) }

  /// - Parameter runs: the runs of one command.
  init(_ id: String, _ runs: [PastRun]) {
    self.id = id
    self.runs = runs.sorted { ($0.place ?? 0, $0.id) < ($1.place ?? 0, $1.id) }
  }

  package var recipe: String { runs.first?.recipe ?? "?" }
  /// Each host once, also after several attempts.
  package var hosts: [String] { runs.flatMap(\.hosts).filter(isWithinLimit).unique }
  package var began: Date { runs.map(\.began).min() ?? .distantPast }
  package var isUndo: Bool { recipe.hasPrefix("undo ") }
  package var tally: Tally { runs.reduce(into: Tally()) { $0 += $1.ledger.tally } }

  /// Whether a run of the command has changed something and is not undone yet.
  package var waitsForUndo: Bool { runs.contains(where: \.waitsForUndo) }

  /// Whether all hosts of a run are to be undone.
  func isWhole(_ run: PastRun) -> Bool { run.hosts.allSatisfy(isWithinLimit) }

  private func isWithinLimit(_ host: String) -> Bool { limit?.contains(host) ?? true }

  /// The acts of all runs as one, with the acts of several attempts on a host in their order. Several runs may have
  /// changed this computer in turn, so the acts here are sorted by time.
  var acts: [PastAct] {
    let acts = runs.sorted { ($0.began, $0.id) < ($1.began, $1.id) }.flatMap { run in
      run.acts.filter { $0.host == "here" ? isWhole(run) : isWithinLimit($0.host) }
    }
    let here = acts.filter { $0.host == "here" }.sorted { $0.time < $1.time }
    return acts.filter { $0.host != "here" } + here
  }

  /// The new port of a host, if a run has changed its port.
  func relocation(of host: String) -> Relocation? { runs.lazy.compactMap { $0.relocations[host] }.first }

  /// The host's identity at the command's first act there.
  func met(_ host: String) -> RecordedHost? { runs.lazy.compactMap { $0.met[host] }.last }
}

extension PastRun {
  /// The ID without the number of a run on one of several hosts.
  var command: String { place == nil ? id : String(id[..<(id.lastIndex(of: "-") ?? id.endIndex)]) }

  /// `2` of `20261129-012737-wnr-2`.
  fileprivate var place: Int? {
    let parts = id.split(separator: "-")
    return parts.count == 4 ? Int(parts[3]) : nil
  }

  /// False for a run that undid its own changes.
  package var waitsForUndo: Bool { outcome != .undone && undone == nil && ledger.tally.mayHaveChanged }

  /// Whether the undo left alone what was changed since.
  package var isUndoneInPart: Bool { undone.map { $0.left > ledger.tally.irrevocable.count } ?? false }
}

extension History {
  /// All commands with changes or attempted changes, newest first.
  package func commands() -> [PastCommand] {
    Dictionary(grouping: runs(), by: \.command).map { PastCommand($0, $1) }
      .sorted { ($0.began, $0.id) > ($1.began, $1.id) }
  }

  /// Marks a run as undone.
  ///
  /// - Throws: `Errno` if the journal cannot be written.
  func mark(_ run: String, as undo: PastUndo) throws {
    try Journal.append(.undone(undo), to: file(of: run))
  }
}
