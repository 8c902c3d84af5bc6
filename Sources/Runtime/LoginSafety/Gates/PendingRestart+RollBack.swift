import Contract
import Hosts

extension PrimitiveContext {
  /// Rolls back what sshd has not read yet, newest first, where it is not restored already: the watchdog may have been quicker, and
  /// of an edit whose answer was lost nobody knows whether it was made.
  package func rollBack(_ edits: [PendingRestart], with writer: any Writer, as account: Account) async throws {
    host.touch()
    for edit in edits.reversed() {
      let now = try await reader.state(of: edit.path, as: account)
      guard now.contents != edit.before || (now.status != nil) != (edit.before != nil) else { continue }
      if let before = edit.before {
        try await writer.replaceFile(edit.path, contents: before, expecting: edit.after, as: account)
      } else {
        try await writer.remove(edit.path, as: account)
      }
    }
  }

  /// Whether the files are as these edits have made them.
  func hasInPlace(_ edits: [PendingRestart], as account: Account) async throws -> Bool {
    host.touch()
    for edit in edits where try await reader.state(of: edit.path, as: account).contents != edit.after { return false }
    return true
  }
}
