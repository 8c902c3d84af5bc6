import Contract
import Hosts

extension PrimitiveContext {
  /// Rolls back edits not yet read by sshd, newest first. Files with their old contents are skipped: the watchdog may
  /// have restored them, or an edit with a lost answer was never made.
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

  /// Whether the files have the contents of these edits.
  func hasInPlace(_ edits: [PendingRestart], as account: Account) async throws -> Bool {
    host.touch()
    for edit in edits where try await reader.state(of: edit.path, as: account).contents != edit.after { return false }
    return true
  }
}
