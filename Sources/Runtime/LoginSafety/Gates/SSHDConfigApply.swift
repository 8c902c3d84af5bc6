import Contract
import Diagnosis
import Formats
import Hosts
import Values

/// Writes a new configuration, checks the written files with sshd, and restores the old files if sshd objects.
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

  /// The run's own watchdog keeps the files too. A watchdog for this change is needed only for another time, or without
  /// a watchdog over the run, as in an undo.
  private func overRun(_ writer: any Writer) -> WatchedWriter? {
    timeout == RunWatchdog.usualTimeout ? writer as? WatchedWriter : nil
  }

  /// Runs in a task of its own, because cancelling must not stop it between the write and the check or rollback.
  ///
  /// - Returns: sshd's answers for the new files.
  /// - Throws: ``Failure`` of kind `rolled-back` after restoring the old files.
  func callAsFunction(with writer: any Writer) async throws -> SSHDSnapshot {
    try await Task { try await self.carryOut(with: writer.unguarded) }.value
  }

  private func carryOut(with writer: any Writer) async throws -> SSHDSnapshot {
    // Links stay, and their targets are written.
    let files = Dictionary(change.files.map { (now.place(of: $0), ($0, $1)) }, uniquingKeysWith: { first, _ in first })
    let paths = files.keys.sorted()
    var written: [PendingRestart] = []
    var stage: Rehearsal.Stage?
    do {
      let places = change.steps.flatMap(\.actions).compactMap(\.place?.description).joined(separator: ", ")
      context.passed(.edit, "edit that counts: \(places)")
      if rehearsal.prospect?.global != nil {
        context.passed(.check, "checked: sshd -t and sshd -T accept it, and nothing else changes")
      }
      let isWatched = paths.allSatisfy(host.isWatched)
      stage = try await rehearsal(with: writer) { try await arm(for: paths, with: writer) }
      // A rehearsal without a login has not armed the watchdog.
      try await arm(for: paths, with: writer)
      if !isWatched, !writer.isPlan {
        let promise = "the old files are restored after \(timeout) seconds unless a new login works"
        context.passed(.watchdog, "watchdog armed: \(promise)")
      }
      let hasMatch = change.tree.occurrences.contains { !$0.isGlobal }
      let check = sshd.script("sshd -T", .written(hasMatch: hasMatch), ask: true, connection: rehearsal.connection)
      var answer = Output()
      for path in paths {
        guard let (name, new) = files[path] else { continue }
        var edit = PendingRestart(path: path, before: now.contents[name], after: new)
        edit.closedMethods = candidateCheck.closedMethods
        // Recorded before the write: if the answer is lost, the file may still have changed.
        written.append(edit)
        host.addPendingRestart(edit)
        var act = Act(
          .replaceFile(path: path, contents: new, mode: FileMode(bits: 0o644), expecting: edit.before),
          as: sshd.rootAccount)
        if path == paths.last {
          act.epilogue = Rehearsal.leaving(stage, check)
          answer = try await writer.answer(act)
        } else {
          try await writer.perform(act)
        }
      }
      stage = nil
      let after = try await sshd.completed(try SSHDSnapshot(answer.epilogue, config: sshd.config), change.tree)
      guard after.global != nil || !after.problems.isEmpty else {
        throw Failure(
          .config, "sshd did not say what it makes of the new configuration", stderr: answer.errorText
        ).at(.check)
      }
      if let objection = candidateCheck.objection(for: after) { throw objection }
      return after
    } catch let decided as DecidedAtRunTime {
      throw decided
    } catch {
      if let stage { _ = try? await rehearsal.close(stage, with: writer) }
      try await rollBack(written, writer, because: error)
    }
  }

  private func arm(for paths: [String], with writer: any Writer) async throws {
    let unwatched = paths.filter { !host.isWatched($0) }
    guard !unwatched.isEmpty else { return }
    if let run = overRun(writer) { return try await run.arm(as: sshd.rootAccount) }
    try await Watchdog.arm(
      for: unwatched, beside: sshd.config, on: host, platform: sshd.facts.platform, as: sshd.rootAccount,
      timeout: timeout, with: writer)
  }

  private func rollBack(
    _ written: [PendingRestart], _ writer: any Writer, because error: any Error
  ) async throws -> Never {
    let kept = host.pendingRestarts.filter { !written.contains($0) }
    do { try await context.rollBack(written, with: writer, as: sshd.rootAccount) } catch let second {
      // The watchdog still has copies of the old files.
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
      // If the host was unreachable for a while, its sshd may have started with the new files and must reload too.
      if error is HostError {
        if try await !host.restoreWatched(with: writer), overRun(writer) != nil, !written.isEmpty {
          try await SSHDReload.wakeUp(context, with: writer)
        }
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
