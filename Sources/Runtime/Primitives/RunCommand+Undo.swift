import Diagnosis
import Hosts

extension CommandRun {
  /// Refuses arguments that contradict each other.
  ///
  /// - Throws: ``Failure`` of kind `argument`.
  static func check(reads: Bool, undo: String?, undoIf: String?) throws {
    if reads, undo != nil {
      throw Failure(.argument, "run takes `undo` or `reads = true`, not both: a command that only reads needs no undo")
    }
    if undo == nil, undoIf != nil {
      throw Failure(.argument, "run takes `undo_if` only together with `undo`", fix: ["ssh-recipes primitives run"])
    }
  }

  /// The act that undoes a past command.
  ///
  /// - Parameters:
  ///   - what: the past act in a line.
  ///   - command: the undo command, from a journal with a valid seal.
  package static func act(undoing what: String, with command: String, as account: Account) -> Act {
    let run = CommandRun(
      command: command, input: nil, timeout: .seconds(900), account: account, check: true, creates: nil)
    return Act(
      .command(run.script, creates: [], summary: "undo \(what), by: \(run.title.dropFirst(5))"), as: account,
      isOpaque: true)
  }
}
