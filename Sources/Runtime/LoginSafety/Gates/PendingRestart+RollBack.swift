import Contract
import Hosts
import Values

extension PrimitiveContext {
  /// Rolls back edits not yet read by sshd, newest first. Files with their old contents are skipped: the watchdog may
  /// have restored them, or an edit with a lost answer was never made.
  package func rollBack(_ edits: [PendingRestart], with writer: any Writer, as account: Account) async throws {
    do { try await rollBackOverConnection(edits, with: writer, as: account) } catch {
      host.leaveToRunWatchdog(edits)
      throw error
    }
  }

  private func rollBackOverConnection(
    _ edits: [PendingRestart], with writer: any Writer, as account: Account
  ) async throws {
    host.touch()
    for edit in edits.reversed() {
      let now = try await reader.state(of: edit.path, as: account)
      guard now.contents != edit.before || (now.status != nil) != (edit.before != nil) else { continue }
      let mode = FileMode(bits: 0o644)
      var act = Act(.remove(path: edit.path), as: account)
      if let before = edit.before {
        act.kind = .replaceFile(path: edit.path, contents: before, mode: mode, expecting: edit.after)
      }
      act.rollsBack = true
      try await writer.perform(act)
    }
  }

  /// Whether the files have the contents of these edits.
  func hasInPlace(_ edits: [PendingRestart], as account: Account) async throws -> Bool {
    host.touch()
    for edit in edits where try await reader.state(of: edit.path, as: account).contents != edit.after { return false }
    return true
  }
}
