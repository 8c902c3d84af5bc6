import Contract
import Diagnosis
import Hosts
import LoginSafety

extension Run {
  /// The last proof on each host changed by the run, side by side. Without the proof, the run has not ended.
  ///
  /// - Parameter failure: the earlier failure of the run, if there is one.
  /// - Returns: the earlier failure, or else the failure of a proof.
  func proveChanges(after failure: Failure?) async -> Failure? {
    guard !options.isPlan else { return failure }
    let troubles = await withTaskGroup(of: Failure?.self) { group in
      for reader in readers where !reader.host.isHere {
        // The run's task may be cancelled by now; this must still be done.
        group.addTask { await Task { await self.proveChanges(on: reader) }.value }
      }
      return await group.reduce(into: [Failure]()) { if let trouble = $1 { $0.append(trouble) } }
    }
    guard let worst = troubles.first(where: { $0.kind == .unknown }) ?? troubles.first else { return failure }
    guard let failure else { return worst }
    var ending = worst
    ending.seen += ["before that: \(failure.message)"] + failure.seen
    ending.step = ending.step ?? failure.step
    ending.position = ending.position ?? failure.position
    ending.primitive = ending.primitive ?? failure.primitive
    return ending
  }

  private func proveChanges(on reader: Reader) async -> Failure? {
    let host = reader.host
    let proof = ClosingProof(
      reader: reader, services: self, branch: branch, writer: writer(for: reader), isLast: !options.isAllOrNothing)
    do {
      try await proof()
      return nil
    } catch {
      var failure = failure(from: error, in: nil, host: host)
      if let dog = host.runWatchdog, ![.rolledBack, .rescued, .unknown].contains(failure.kind) {
        failure.kind = .unknown
        failure.fix.append("\(host.name) rolls back by itself within \(dog.timeout) seconds; then look again")
      }
      // A rollback also brings back the port at which sshd listens.
      if failure.kind == .rolledBack || failure.kind == .rescued, host.relocation != nil {
        await host.relocate(nil)
        try? record(nil, of: host)
      }
      return failure
    }
  }
}
