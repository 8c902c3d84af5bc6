import Recipes
import SystemPackage

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Journals that travel in a report, for an undo from another computer or home.
extension History {
  /// - Returns: the journals of a command's runs, line by line.
  package func lines(ofCommand id: String) -> [(run: String, lines: [String])] {
    let runs = ids.filter { $0 == id || $0.hasPrefix("\(id)-") }
    return runs.sorted { ($0.count, $0) < ($1.count, $1) }.compactMap { run in
      guard let data = try? LocalFiles.contents(of: file(of: run).string, limit: .max) else { return nil }
      return (run, data.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) })
    }
  }

  /// Earlier commands at the same shard without an end, such as tasks killed and begun again by an engine. An undo of the
  /// shard has to reverse them too.
  ///
  /// - Parameter id: of a command.
  package func cutOffAttempts(before id: String) -> [String] {
    guard let tag = ShardTag.text(in: id) else { return [] }
    let earlier = commands().filter { $0.id != id && ShardTag.text(in: $0.id) == tag && !$0.isUndo }
    return earlier.prefix { $0.runs.contains { $0.outcome == nil && $0.undone == nil } }.map(\.id).reversed()
  }

  /// Writes a journal from elsewhere. An existing journal stays: an undo may have marked the file.
  ///
  /// - Throws: ``TravelError`` or `Errno`.
  package func take(_ run: String, lines: [String]) throws {
    let letters = run.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) || $0 == 0x2D }
    guard letters, !run.isEmpty else { throw TravelError(run: run) }
    let path = file(of: run)
    guard !FileManager.default.fileExists(atPath: path.string) else { return }
    try Journal.makeDirectory(folder)
    try DurableFile.write(lines.flatMap { Array($0.utf8) + [0x0A] }, to: path.string)
  }
}

/// The error for a name in a report without the form of a run's ID.
package struct TravelError: Error, Hashable, CustomStringConvertible {
  let run: String

  package var description: String { "\"\(run)\" is no ID of a run" }
}

extension PastCommand {
  /// Several commands as one, such as the shards of a run: undone side by side.
  ///
  /// - Returns: `nil` without a run.
  package static func together(_ runs: [PastRun]) -> PastCommand? {
    let ids = Set(runs.map(\.command)).sorted()
    guard let first = ids.first else { return nil }
    return PastCommand(ids.count == 1 ? first : "\(first)+\(ids.count - 1)", runs)
  }

  /// Only these hosts of the command.
  package func limited(to hosts: Set<String>) -> PastCommand {
    var command = self
    command.runs = runs.filter { run in run.hosts.contains(where: hosts.contains) }
    command.limit = hosts
    return command
  }
}
