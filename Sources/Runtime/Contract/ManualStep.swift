/// A step for the user to do by hand.
package struct ManualStep: Sendable, Hashable {
  /// The answer to the question whether the step is done.
  package enum Answer: String, Sendable {
    case done
    case skipped
    case notDone = "not done"
    /// The user was not asked: `--yes`, or no terminal.
    case unconfirmed = "not confirmed"
  }

  package var title: String
  /// The state of the step in the end; a check decides over the user's answer.
  package var answer: Answer

  package init(_ title: String, _ answer: Answer) {
    self.title = title
    self.answer = answer
  }
}
