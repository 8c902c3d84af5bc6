import Diagnosis
import Hosts

/// Messages to the user about the run, and where the recipe has got to.
package protocol RunMessages: Sendable {
  /// Names the part of the recipe that begins; actions of the same branch belong to it until the next one.
  ///
  /// - Parameters:
  ///   - title: the name, from the recipe.
  ///   - branch: the branch of `parallel` that it begins in; 0 outside.
  ///   - position: file and line of the recipe, where Lua knows them.
  func step(_ title: String, branch: Int, position: String?)

  /// Reports that a change of sshd's configuration has passed a gate.
  ///
  /// - Parameters:
  ///   - gate: the gate.
  ///   - summary: how it was passed, in one line without a full stop: `sshd -t accepts the candidate`.
  ///   - host: the host with the configuration.
  ///   - branch: the branch of the call.
  func passed(_ gate: Gate, _ summary: String, on host: Host, branch: Int)

  /// Shows a note, which the run's report repeats at the end.
  func note(_ text: String, branch: Int)

  /// Shows a warning, which the run's report repeats at the end.
  func warn(_ text: String, branch: Int)

  /// Counts a text of the recipe against the limit for all of its texts, before it is shown: a loop must not fill the
  /// memory or the terminal.
  ///
  /// - Throws: ``Failure`` of kind `limit` when the limit is exceeded.
  func count(_ text: String) throws
}
