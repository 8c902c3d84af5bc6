import Contract
import Sharing

/// Whether an update is taken: a person says so, or the command line did.
struct UpdateConsent {
  var saysYes: Bool
  var trusts: Bool

  /// - Throws: ``CommandFailure`` with ``ExitStatus/notAgreed`` when it is not taken.
  func ask(_ update: RepositorySession.Update) async throws {
    if trusts || saysYes && !update.needsTrust { return }
    let name = update.pinned.name
    let command = "ssh-recipes repo update \(name)\(update.pinned.scope.option)"
    guard let terminal = ControllingTerminal() else {
      throw CommandFailure(
        update.needsTrust
          ? "the update of \"\(name)\" is not taken: \(Self.reason(update)), and nobody is here to agree\n"
            + "  fix     look at it with --plan --diff, then: \(command) --trust"
          : "the update of \"\(name)\" is not taken: nobody is here to agree\n"
            + "  fix     \(command) --yes",
        status: .notAgreed)
    }
    defer { terminal.restore() }
    let person = TerminalPerson(ways: .init(), conversation: terminal, display: nil)
    let text = update.needsTrust ? "Take it all the same: \(Self.reason(update))?" : "Take it?"
    let question = Question(text, kind: .confirm, defaultAnswer: update.needsTrust ? "no" : "yes")
    guard await person.answer(question) == "yes" else {
      throw CommandFailure("the update of \"\(name)\" is not taken; all is as it was", status: .notAgreed)
    }
  }

  private static func reason(_ update: RepositorySession.Update) -> String {
    var reasons: [String] = []
    if update.difference.isWider { reasons.append("recipes may do more than before") }
    for oddity in update.oddities {
      switch oddity {
      case .movedTag(let ref, _, _): reasons.append("the tag \"\(ref)\" was moved")
      case .rewritten(let ref, _, _):
        reasons.append(ref == "HEAD" ? "the default branch was rewritten" : "the branch \"\(ref)\" was rewritten")
      case .isBranch(let ref, _): reasons.append("\"\(ref)\" is a branch now")
      case .older: reasons.append("it is older than what is pinned")
      case .signerChanged: reasons.append("the signer is another one")
      }
    }
    return reasons.joined(separator: ", ")
  }
}
