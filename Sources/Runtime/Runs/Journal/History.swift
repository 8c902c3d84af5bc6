import Hosts
import SystemPackage

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A run of the past, read from its journal alone, so that also a run that was cut off can be taken back.
package struct PastRun: Sendable, Hashable {
  package var id: String
  package var recipe: String
  package var hosts: [String]
  package var began: Date
  /// `nil`: the run did not come to its end.
  package var outcome: String?
  /// Where hosts are reached since that run has changed their port.
  package var relocations: [String: Relocation] = [:]
  /// What was changed, oldest first.
  package var changes: [Change]

  package struct Change: Sendable, Hashable {
    package var host: String
    package var account: Account
    package var summary: String
    /// `nil`: the run was cut off before the act was known to be done or not.
    package var isDone: Bool?
    var record: JournalRecord
  }
}

/// The journals of this computer.
package struct History: Sendable {
  let folder: FilePath

  package init(folder: String? = nil) { self.folder = folder.map { FilePath($0) } ?? Journal.folder() }

  /// Where journals are written.
  package var path: String { folder.string }

  /// All runs that changed something, newest first.
  package func runs() -> [PastRun] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.string)) ?? []
    return names.filter { $0.hasSuffix(".jsonl") }.compactMap { try? run(named: String($0.dropLast(6))) }
      .sorted { $0.began > $1.began }
  }

  /// - Throws: when there is no such journal, or it cannot be read.
  package func run(named id: String) throws -> PastRun {
    let data = try Data(contentsOf: URL(fileURLWithPath: folder.appending("\(id).jsonl").string))
    let decoder = JSONDecoder()
    // The last line may be cut off where a run was.
    let records = data.split(separator: 0x0A).compactMap { try? decoder.decode(JournalRecord.self, from: Data($0)) }
    let head = records.first { $0.kind == .run }
    var run = PastRun(
      id: id, recipe: head?.recipe ?? "?", hosts: head?.hosts ?? [],
      began: Date(timeIntervalSince1970: records.first?.time ?? 0),
      outcome: records.last { $0.kind == .end }?.outcome, changes: [])
    for record in records where record.kind == .moved {
      guard let host = record.host else { continue }
      run.relocations[host] = record.port.map {
        Relocation(port: $0, serverPort: $0, hostKeyName: record.hostKeyName)
      }
    }
    for record in records where record.kind == .before {
      let end = records.first { $0.act == record.act && ($0.kind == .done || $0.kind == .failed) }
      run.changes.append(
        PastRun.Change(
          host: record.host ?? "?", account: record.account == "root" ? .root : .login,
          summary: record.summary ?? "?", isDone: end.map { $0.kind == .done }, record: record))
    }
    return run
  }
}
