import Diagnosis
import Hosts
import Recipes
import SystemPackage

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A past run, read from the journal alone, so that a run that was cut off can be undone as well.
package struct PastRun: Sendable, Hashable {
  package var id: String
  package var recipe: String
  package var hosts: [String]
  /// The logins to hosts, where the host's name is not the address.
  var logins: [String: RecordedLogin] = [:]
  /// The hosts as they were at the run's first act on each; none in journals of earlier versions.
  var met: [String: RecordedHost] = [:]
  package var began: Date
  /// `nil` for a run that was cut off.
  package var outcome: RecordedOutcome?
  /// The hosts' new ports, for hosts whose port the run has changed.
  package var relocations: [String: Relocation] = [:]
  /// The acts of the run, oldest first.
  package var acts: [PastAct]
  /// The undo of this run.
  package var undone: PastUndo?
  /// The unfinished hosts of the whole command, if recorded in this run's journal.
  var unfinished: UnfinishedHosts?
  /// The run's changes.
  var ledger = ChangeLedger()

  /// The run's effects on its hosts.
  package var tally: Tally { ledger.tally }
}

/// A complete undo of a past run.
package struct PastUndo: Sendable, Hashable {
  /// The ID of the undo, which is a run too.
  package var id: String
  /// Acts left in place: changed since, or not to be undone by a program.
  package var left: Int
}

/// An act of a past run, and its result as far as known.
package struct PastAct: Sendable, Hashable {
  /// The time just before the act, in seconds since 1970.
  var time: Double
  var recorded: RecordedAct
  /// The ID of the run.
  var run = ""
  /// `nil` if the run was cut off before the act's result was known.
  package var isDone: Bool?
  /// Whether the act's command ended with a status other than 0.
  var hasFailed = false

  /// The act among all runs.
  var id: String { "\(run)/\(recorded.number)" }

  /// Whether the act is a change, and not a step on the way to one, such as a check or a rollback.
  package var isLasting: Bool { !recorded.leavesNothing && !recorded.rollsBack }
  package var host: String { recorded.host }
  package var account: Account { recorded.account }
  package var summary: String { recorded.summary }
}

/// The journals of this computer.
package struct History: Sendable {
  let folder: FilePath

  package init(folder: String? = nil) { self.folder = folder.map { FilePath($0) } ?? Journal.folder() }

  /// The folder with the journals.
  package var path: String { folder.string }

  /// All runs that changed something, newest first.
  package func runs() -> [PastRun] {
    ids.compactMap { try? run(named: $0) }.sorted { $0.began > $1.began }
  }

  /// The IDs of all runs with a journal, in no order.
  var ids: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.string)) ?? []
    return names.filter { $0.hasSuffix(".jsonl") }.map { String($0.dropLast(6)) }
  }

  /// The journal of a run.
  func file(of id: String) -> FilePath { folder.appending("\(id).jsonl") }

  /// - Throws: an error if the journal is missing or unreadable, or if another account could have written the journal:
  ///   an undo follows the journal.
  package func run(named id: String) throws -> PastRun {
    if let doubt = doubt(about: id) { throw doubt }
    let data = Data(try LocalFiles.contents(of: file(of: id).string, limit: .max))
    let decoder = JSONDecoder()
    // A run that was cut off may have left half a line at the end.
    let lines = data.split(separator: 0x0A).compactMap { try? decoder.decode(JournalLine.self, from: Data($0)) }
    var run = PastRun(
      id: id, recipe: "?", hosts: [], began: Date(timeIntervalSince1970: lines.first?.time ?? 0), acts: [])
    lazy var seal = JournalSeal.existing(in: folder)
    for line in lines {
      run.ledger.take(line.record)
      switch line.record {
      case .run(let recipe, let hosts, let logins): (run.recipe, run.hosts, run.logins) = (recipe, hosts, logins)
      case .met(let host, let identity): run.met[host] = identity
      case .before(var act):
        if var undo = act.undo {
          undo.isBelieved = seal?.seal(undo.command, of: act, in: id) == undo.seal
          act.undo = undo
        }
        run.acts.append(PastAct(time: line.time, recorded: act, run: id))
      case .done(let number): run.change(act: number) { $0.isDone = true }
      case .failed(let number): run.change(act: number) { $0.isDone = false }
      case .moved(let host, let relocation): run.relocations[host] = relocation
      case .exited(let number, _): run.change(act: number) { $0.hasFailed = true }
      case .ended, .restored: break
      case .undone(let undo): run.undone = undo
      case .unfinished(let hosts): run.unfinished = hosts
      case .end(let outcome): run.outcome = outcome
      }
    }
    return run
  }
}

extension History {
  /// The past acts reversed by an undo command.
  func undoneCommands() -> Set<String> {
    Set(runs().flatMap(\.acts).filter { $0.isDone == true }.compactMap(\.recorded.undoes))
  }

  /// The failure for a journal that another account could have written.
  package func doubt(about id: String) -> Failure? {
    let path = file(of: id).string
    return OwnFiles.doubt(about: path).map { doubt in
      Failure(
        .refused, "the journal \(path) is not believed: \(doubt)",
        fix: ["see who may write there: ls -ld for the file and for each folder above it"], paths: [path])
    }
  }
}

extension PastRun {
  fileprivate mutating func change(act number: Int, _ body: (inout PastAct) -> Void) {
    guard let index = acts.lastIndex(where: { $0.recorded.number == number }) else { return }
    body(&acts[index])
  }
}
