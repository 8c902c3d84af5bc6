import Hosts
import SystemPackage

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A run of the past, read from its journal alone, so that also a run that was cut off can be undone.
package struct PastRun: Sendable, Hashable {
  package var id: String
  package var recipe: String
  package var hosts: [String]
  package var began: Date
  /// `nil`: the run did not come to its end.
  package var outcome: RecordedOutcome?
  /// Where hosts are reached since that run has changed their port.
  package var relocations: [String: Relocation] = [:]
  /// The acts of the run, oldest first.
  package var acts: [PastAct]
}

/// An act of a past run, and what is known of its end.
package struct PastAct: Sendable, Hashable {
  /// When it was about to be done, in seconds since 1970.
  var time: Double
  var recorded: RecordedAct
  /// `nil`: the run was cut off before the act was known to be done or not.
  package var isDone: Bool?

  package var host: String { recorded.host }
  package var account: Account { recorded.account }
  package var summary: String { recorded.summary }
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
    let lines = data.split(separator: 0x0A).compactMap { try? decoder.decode(JournalLine.self, from: Data($0)) }
    var run = PastRun(
      id: id, recipe: "?", hosts: [], began: Date(timeIntervalSince1970: lines.first?.time ?? 0), acts: [])
    for line in lines {
      switch line.record {
      case .run(let recipe, let hosts): (run.recipe, run.hosts) = (recipe, hosts)
      case .before(let act): run.acts.append(PastAct(time: line.time, recorded: act))
      case .done(let number): run.end(act: number, isDone: true)
      case .failed(let number): run.end(act: number, isDone: false)
      case .moved(let host, let relocation): run.relocations[host] = relocation
      case .end(let outcome): run.outcome = outcome
      }
    }
    return run
  }
}

extension PastRun {
  fileprivate mutating func end(act number: Int, isDone: Bool) {
    guard let index = acts.lastIndex(where: { $0.recorded.number == number }) else { return }
    acts[index].isDone = isDone
  }
}
