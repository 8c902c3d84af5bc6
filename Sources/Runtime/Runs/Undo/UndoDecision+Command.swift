import Hosts
import Primitives

extension UndoDecision {
  /// The decision about a command with an undo command.
  static func ofUndo(_ past: PastAct, _ account: Account, _ reader: Reader) async throws -> UndoDecision {
    guard let undo = past.recorded.undo else { return .isAsBefore }
    let (command, what) = (undo.command.command, past.recorded.summary)
    guard undo.isBelieved else {
      return .kept(
        "\(what): its undo command is not believed, since this computer did not seal it so: \(command)")
    }
    var act = CommandRun.act(undoing: what, with: command, as: account)
    act.undoes = past.id
    if let check = undo.command.check {
      let answer = try await reader.answers(to: [HostQuestion(check, as: account)], remembered: false)
      // A plan has not undone the later acts that the check may wait for.
      guard answer.first?.isSuccess == true || reader.host.overlay.hasCommands else {
        return .differs("\(what): changed since, says: \(check)", insisted: [act])
      }
    }
    return .restore([act])
  }
}
