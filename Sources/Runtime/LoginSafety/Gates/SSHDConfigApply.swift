import Contract
import Diagnosis
import Formats
import Hosts

/// Writes a new configuration of sshd, asks sshd what it makes of it, and restores the old one if that is not what was
/// wished.
struct SSHDConfigApply: Sendable {
  let context: PrimitiveContext
  let sshd: SSHDReader
  let now: SSHDSnapshot
  let change: SSHDConfigChange
  let candidateCheck: CandidateCheck
  let rehearsal: Rehearsal
  /// In seconds; see ``Watchdog``.
  let timeout: Int

  private var host: Host { context.host }

  /// Not to be interrupted: a file that was written is checked, and rolled back if need be.
  ///
  /// - Returns: what sshd says afterwards.
  /// - Throws: ``Failure`` of kind `rolled-back`, once the old files are there again.
  func callAsFunction(with writer: any Writer) async throws -> SSHDSnapshot {
    try await Task { try await self.carryOut(with: writer.unguarded) }.value
  }

  private func carryOut(with writer: any Writer) async throws -> SSHDSnapshot {
    let paths = change.files.keys.sorted()
    var written: [PendingRestart] = []
    do {
      let places = change.steps.flatMap(\.actions).compactMap(\.place?.description).joined(separator: ", ")
      context.passed(.edit, "edit that counts: \(places)")
      if rehearsal.prospect?.global != nil {
        context.passed(.check, "checked: sshd -t and sshd -T accept it, and nothing else changes")
      }
      let stage = try await rehearsal(with: writer)
      let unwatched = paths.filter { !host.isWatched($0) }
      if !unwatched.isEmpty {
        try await Watchdog.arm(
          for: unwatched, beside: sshd.config, on: host, platform: sshd.facts.platform, as: sshd.rootAccount,
          timeout: timeout, after: stage, with: writer)
        let promise = "the old files are restored after \(timeout) seconds unless a new login works"
        context.passed(.watchdog, "watchdog armed: \(promise)")
      } else if let stage {
        try await rehearsal.close(stage, with: writer)
      }
      for path in paths {
        guard let new = change.files[path] else { continue }
        let edit = PendingRestart(path: path, before: now.contents[path], after: new)
        // Before it is made: where the answer is lost, the file may be written all the same.
        written.append(edit)
        host.addPendingRestart(edit)
        try await writer.replaceFile(path, contents: new, expecting: edit.before, as: sshd.rootAccount)
      }
      let check = sshd.script(
        "sshd -T", .file, ask: true, connection: rehearsal.connection, makesRunDirectory: true)
      let output = try await writer.answer(
        Act(
          .command(check, creates: [], summary: "ask sshd what the new configuration means"),
          as: sshd.rootAccount, leavesNothing: true))
      let after = SSHDSnapshot(output.stdout, config: sshd.config)
      guard after.global != nil || !after.problems.isEmpty else {
        throw Failure(
          .config, "sshd did not say what it makes of the new configuration", stderr: output.errorText
        ).at(.check)
      }
      if let objection = candidateCheck.objection(for: after) { throw objection }
      return after
    } catch let decided as DecidedAtRunTime {
      throw decided
    } catch {
      try await rollBack(written, writer, because: error)
    }
  }

  private func rollBack(
    _ written: [PendingRestart], _ writer: any Writer, because error: any Error
  ) async throws -> Never {
    let kept = host.pendingRestarts.filter { !written.contains($0) }
    do { try await context.rollBack(written, with: writer, as: sshd.rootAccount) } catch let second {
      // The watchdog still has them.
      host.clearPendingRestarts()
      throw Failure(
        .unknown, "\(written.map(\.path).joined(separator: " and ")) could not be restored after the edit failed",
        explanation: "\(message(error)); then: \(message(second))",
        fix: [
          "the host restores it by itself within \(timeout) seconds, as soon as it can; "
            + "look before sshd is restarted: sudo sshd -t"
        ], paths: written.map(\.path))
    }
    if kept.isEmpty {
      // A host that was gone for a while may have begun again with the new files, and its sshd must read these, too.
      if error is HostError {
        try await host.restoreWatched(with: writer)
      } else {
        try await host.acknowledgeWatchdog(with: writer)
      }
    }
    host.clearPendingRestarts()
    for edit in kept { host.addPendingRestart(edit) }
    guard !written.isEmpty, var failure = error as? Failure else { throw error }
    failure.kind = .rolledBack
    failure.message += "; the old configuration is restored"
    throw failure
  }

  private func message(_ error: any Error) -> String { Failure(describing: error).message }
}
