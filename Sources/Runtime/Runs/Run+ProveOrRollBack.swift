import Contract
import Diagnosis
import Hosts
import LoginSafety
import Primitives

extension Run {
  /// No edit of sshd's configuration outlives a run unproved: after success, sshd reloads the configuration and a login
  /// proves the edit; after a failure, the old files are restored.
  ///
  /// - Returns: the run's failure, or a failure of the proof or the rollback.
  func proveOrRollBack(after failure: Failure?) async -> Failure? {
    var failure = failure
    for reader in readers where reader.host.waitsForRestart && !options.isPlan {
      // The run's task may be cancelled by now, but the rollback must still happen.
      let trouble = await Task { [failure] in await self.proveOrRollBack(reader, wentWell: failure == nil) }.value
      guard let trouble else { continue }
      guard var first = failure else {
        failure = trouble
        continue
      }
      // The watchdog was quicker: the old file is back already.
      guard trouble.kind != .rolledBack else { continue }
      first.kind = .unknown
      first.explanation = [first.explanation, "sshd's configuration could not be rolled back: \(trouble.message)"]
        .compactMap(\.self).joined(separator: "; ")
      if let dog = reader.host.watchdogs.last {
        first.fix.append("\(reader.host.name) restores it by itself within \(dog.timeout) seconds; then look again")
      }
      failure = first
    }
    return failure
  }

  private func proveOrRollBack(_ reader: Reader, wentWell: Bool) async -> Failure? {
    do {
      if wentWell {
        // The recipe left the restart to the run. The reported change names the restart, so a warning is not needed.
        try await restartSSH(reader)
      } else {
        try await rollBack(reader)
      }
      return nil
    } catch { return self.failure(from: error, in: nil, host: reader.host) }
  }

  /// `restart_ssh`, as if called by a recipe.
  ///
  /// - Parameter proof: the login that must work afterwards; `nil` for a login like the run's own.
  func restartSSH(_ reader: Reader, proof: FreshLoginRequest? = nil) async throws {
    let context = PrimitiveContext(reader: reader, here: readers[0], services: self, branch: branch)
    _ = try await PrimitiveCall(run: self, primitive: .restartSSH, context: context).carryOut { context in
      let proof = if let proof { proof } else { try await SSHDReload.proof(context) }
      return try await SSHDReload.decision(context, proof: proof)
    }
  }

  private func rollBack(_ reader: Reader) async throws {
    let writer = writer(for: reader)
    let account: Account = try await reader.facts().isRoot ? .login : .root
    let context = PrimitiveContext(reader: reader, here: readers[0], services: self, branch: branch)
    try await context.rollBack(reader.host.pendingRestarts, with: writer, as: account)
    // Only the watchdog can restore the files changed by a command. It also makes sshd reload the old files: a host may
    // have restarted with the new ones, unnoticed, while an answer was lost.
    if try await !reader.host.restoreWatched(with: writer) {
      // The watchdogs ran out of time, and sshd has reloaded the files of the moment, which may have changed since.
      try await SSHDReload.wakeUp(context, with: writer)
    }
    reader.host.clearPendingRestarts()
    warn(
      "\(reader.host.name): sshd's configuration is as it was; the run ended before sshd had read the new one",
      branch: branch)
  }
}
