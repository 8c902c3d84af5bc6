import Contract
import Sharing

/// The confirmation of an update: by the user, or by `--yes` and `--trust`.
struct UpdateConsent {
  var saysYes: Bool
  var trusts: Bool

  /// - Throws: ``CommandFailure`` with ``ExitStatus/notAgreed`` if the update was not confirmed.
  func ask(_ update: RepositorySession.Update) async throws {
    if trusts || saysYes && !update.needsTrust { return }
    let name = update.pinned.name
    let command = "ssh-recipes repo update \(name)\(update.pinned.scope.option)"
    guard let terminal = ControllingTerminal() else {
      throw CommandFailure(
        update.needsTrust
          ? "\"\(name)\" was not updated: \(Self.reason(update)), and there is no terminal to confirm it on\n"
            + "  fix     review it with --plan --diff, then: \(command) --trust"
          : "\"\(name)\" was not updated: there is no terminal to confirm it on\n"
            + "  fix     \(command) --yes",
        status: .notAgreed)
    }
    defer { terminal.restore() }
    let person = TerminalPerson(ways: .init(), conversation: terminal, display: nil)
    let text = update.needsTrust ? "Pin it anyway: \(Self.reason(update))?" : "Pin it?"
    let question = Question(text, kind: .confirm, defaultAnswer: update.needsTrust ? "no" : "yes")
    guard await person.answer(question) == "yes" else {
      throw CommandFailure("\"\(name)\" was not updated; nothing was changed", status: .notAgreed)
    }
  }

  private static func reason(_ update: RepositorySession.Update) -> String {
    var reasons: [String] = []
    let gain = [
      update.difference.recipesAreWider ? "recipes" : nil, update.difference.primitivesAreWider ? "primitives" : nil,
    ].compactMap(\.self)
    if !gain.isEmpty { reasons.append("\(gain.joined(separator: " and ")) gain permissions") }
    for oddity in update.oddities {
      switch oddity {
      case .movedTag(let ref, _, _): reasons.append("the tag \"\(ref)\" was moved")
      case .rewritten(let ref, _, _):
        reasons.append(ref == "HEAD" ? "the default branch was rewritten" : "the branch \"\(ref)\" was rewritten")
      case .isBranch(let ref, _): reasons.append("\"\(ref)\" is a branch now")
      case .older: reasons.append("it is older than the pinned commit")
      case .signerChanged: reasons.append("the signer has changed")
      }
    }
    return reasons.joined(separator: ", ")
  }
}
