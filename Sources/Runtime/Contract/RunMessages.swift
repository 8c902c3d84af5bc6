import Diagnosis
import Hosts

/// Messages to the user about the run and its progress.
package protocol RunMessages: Sendable {
  /// Begins a step of the recipe. Later actions of the same branch belong to the step until the next begins.
  ///
  /// - Parameters:
  /// - title: the step's title, from the recipe.
  /// - branch: the branch of `parallel` with the step; 0 outside.
  /// - position: file and line in the recipe, if Lua knows them.
  func step(_ title: String, branch: Int, position: String?)

  /// Reports that a change of sshd's configuration has passed a gate.
  ///
  /// - Parameters:
  ///   - gate: the gate.
  /// - summary: the gate's result in one line without a full stop: `sshd -t accepts the candidate`.
  ///   - host: the host with the configuration.
  ///   - branch: the branch of the call.
  func passed(_ gate: Gate, _ summary: String, on host: Host, branch: Int)

  /// Shows a note. The run's report repeats it at the end.
  func note(_ text: String, branch: Int)

  /// Shows a warning. The run's report repeats it at the end.
  func warn(_ text: String, branch: Int)

  /// Reports the progress of a transfer, in bytes.
  ///
  /// - Parameters:
  ///   - primitive: the name of the primitive with the transfer.
  ///   - branch: the branch of the call.
  func moved(_ done: Int, of all: Int, by primitive: String, on host: Host, branch: Int)

  /// Shows a line of a command's output.
  ///
  /// - Parameters:
  ///   - isError: whether the line is of standard error.
  ///   - branch: the branch of the call.
  func printed(_ line: String, isError: Bool, on host: Host, branch: Int)

  /// Whether the user wants to see all output of commands.
  var showsOutput: Bool { get }

  /// Counts a text of the recipe against the limit for all its texts, before showing the text: a loop must not fill the
  /// memory or the terminal.
  ///
  /// - Throws: ``Failure`` of kind `limit` above the limit.
  func count(_ text: String) throws
}
