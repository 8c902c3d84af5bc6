import Formats
import Recipes
import Runs

/// The journals of reports, brought into this home for an undo.
enum ReportJournals {
  /// - Returns: the commands of the reports as one.
  /// - Throws: ``CommandFailure``.
  static func command(of paths: [String], in history: History, force: Bool) throws -> PastCommand {
    var names: [String] = []
    for path in paths {
      if let doubt = OwnFiles.doubt(about: path) {
        throw CommandFailure(
          "the report \(path) is not believed: \(doubt)\n  fix     an undo does what it says; copy it to a folder of yours"
        )
      }
      let document = try ReportFile.read(path)
      for journal in document.journals {
        do { try history.take(journal.run, lines: journal.lines) } catch {
          throw CommandFailure(
            "the journal of \(journal.run) in \"\(path)\" cannot be taken over: \(error)", status: .failed)
        }
        names.append(journal.run)
      }
    }
    let runs = try Set(names).sorted().map { name in
      do { return try history.run(named: name) } catch { throw CommandFailure("\(error)", status: .failed) }
    }
    let waiting = runs.filter { $0.waitsForUndo || force && $0.isUndoneInPart }
    if waiting.isEmpty, let undo = runs.lazy.compactMap(\.undone).first {
      throw CommandFailure("there is nothing to undo: that was done already, by \(undo.id)")
    }
    guard let command = PastCommand.together(waiting) else {
      throw CommandFailure(
        "there is nothing to undo: the \(paths.count == 1 ? "report has" : "reports have") no changes")
    }
    return command
  }
}
