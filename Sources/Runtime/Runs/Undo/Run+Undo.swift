import Diagnosis
import Hosts
import LoginSafety
import Primitives

extension Run {
  /// Undoes a past run, newest act first, except for files changed since.
  ///
  /// - Parameters:
  ///   - force: whether to undo files changed since, too.
  ///   - cutOff: earlier undos of the same run that were cut off and may have left files.
  func undo(_ past: PastRun, force: Bool, after cutOff: [PastRun] = []) async -> Failure? {
    // This computer comes last: its files, such as known hosts' keys, may be needed to reach the hosts.
    let hosts = readers.dropFirst()
    var failures = await withTaskGroup(of: Failure?.self) { group in
      for reader in hosts { group.addTask { await self.undo(past, reader, force: force, cutOff) } }
      return await group.reduce(into: [Failure]()) { if let failure = $1 { $0.append(failure) } }
    }
    if let failure = await undo(past, readers[0], force: force, cutOff) { failures.append(failure) }
    let failure = await proveOrRollBack(
      after: failures.isEmpty ? nil : Failure(parts: failures, of: max(failures.count, readers.count - 1)))
    await close(as: RecordedOutcome(failure))
    return failure
  }

  private func undo(_ past: PastRun, _ reader: Reader, force: Bool, _ cutOff: [PastRun]) async -> Failure? {
    let name = reader.host.name
    let acts = past.acts.reversed().filter { act in
      // A look at the file shows whether a failed act changed anything after all; for a command, only its status can
      // tell.
      act.host == name && (act.isDone != false || act.recorded.file != nil)
    }
    // The newest first: an undo that was cut off may have moved the host before.
    let relocations = (cutOff.sorted { $0.began > $1.began } + [past]).lazy.compactMap { $0.relocations[name] }
    // The key proved by the undone run may have to go.
    reader.host.workingKey = nil
    do {
      if !acts.isEmpty, let relocation = relocations.first { try await find(reader, at: relocation) }
      if !options.isPlan, !acts.isEmpty {
        for undo in cutOff {
          try await letWatchdogsRestore(of: undo, on: name, with: writer(for: reader))
        }
      }
      try await undo(acts, reader, force: force, leftBy: [past] + cutOff)
      return nil
    } catch { return failure(from: error, in: nil, host: reader.host) }
  }

  /// Logs in at the recorded port or, if refused, at the old port. A run records the port before acknowledging the
  /// watchdog; if the run was cut off in between, the watchdog has restored the old port.
  private func find(_ reader: Reader, at relocation: Relocation) async throws {
    let before = reader.host.relocation
    await reader.host.relocate(relocation)
    do { _ = try await reader.host.transport.login() } catch HostError.connectionRefused {
      await reader.host.relocate(before)
    }
  }

  private func undo(
    _ acts: [PastAct], _ reader: Reader, force: Bool, leftBy runs: [PastRun]
  ) async throws {
    guard !acts.isEmpty else { return }
    let writer: any Writer = options.isPlan ? OverlayWriter(reader: reader) : writer(for: reader)
    var proof = UndoProof(run: self, reader, writer, isForced: force)
    do {
      try await undo(acts, reader, force: force, writer, &proof)
      try await proof.prove()
    } catch { throw await proof.rollBack(because: error) }
    _ = try await reloadIfNeeded(reader)
    try await reader.host.acknowledgeWatchdog(with: writer)
    guard !options.isPlan else { return }
    for run in runs { try await tidyUp(after: run, on: reader.host.name, with: writer) }
  }

  private func undo(
    _ pastActs: [PastAct], _ reader: Reader, force: Bool, _ writer: any Writer, _ proof: inout UndoProof
  ) async throws {
    let first = OriginalStates(of: pastActs)
    var stakes = try await UndoRisk(of: pastActs, reader)
    for past in pastActs {
      try Task.checkCancellation()
      let isConfig = stakes.isConfig(past.recorded)
      // In the order of the run: an older act, such as adding a key, may be the only way in until sshd has reloaded its
      // old configuration.
      if !isConfig, try await reloadIfNeeded(reader) { stakes.isLoginOld = true }
      switch try await UndoDecision(of: past, first: first, reader: reader) {
      case .differs(let what, let acts) where !force || acts.isEmpty:
        warn("left alone on \(reader.host.name): \(what)", branch: branch)
      case .restore(let acts), .differs(_, let acts):
        if isConfig {
          try await proof.prove()
          try await restoreConfig(acts, among: stakes.config, reader, writer)
        } else if !options.isPlan, try await stakes.needProof(acts, isGuarded: proof.isAtWork) {
          try await proof.begin(past, of: pastActs, stakes)
          for act in acts { try await writer.perform(act) }
          // Reported after the proof.
          continue
        } else {
          for act in acts { try await writer.perform(act) }
        }
        reportUndone(past, on: reader.host)
      case .kept(let why): note("not undone on \(reader.host.name): \(why)", branch: branch)
      case .isAsBefore: state.update { $0.unchanged += 1 }
      }
    }
  }

  /// Restores files of sshd's configuration. sshd reloads them before anything older is undone.
  private func restoreConfig(_ acts: [Act], among paths: [String], _ reader: Reader, _ writer: any Writer) async throws
  {
    if !options.isPlan, reader.host.watchdogs.isEmpty {
      let facts = try await reader.facts()
      try await Watchdog.arm(
        for: paths, beside: facts.platform.sshdConfig, on: reader.host, platform: facts.platform,
        as: facts.isRoot ? .login : .root, with: writer)
    }
    for act in acts {
      if let path = act.path, act.changesContents {
        let before = try await reader.state(of: path, as: act.account).contents
        var after: [UInt8]?
        if case .replaceFile(_, let contents, _, _) = act.kind { after = contents }
        // Before the act: even if the answer is lost, the file may have been written.
        reader.host.addPendingRestart(PendingRestart(path: path, before: before, after: after))
      }
      try await writer.perform(act)
    }
  }

  /// Reports an act that was undone.
  func reportUndone(_ act: PastAct, on host: Host) {
    state.update { $0.changed += 1 }
    sink.receive(
      .primitive(
        PrimitiveEvent(
          id: numbers.call(), primitive: "undo", host: host.name, branch: branch, step: nil, position: nil,
          state: .changed, what: "undone: \(act.summary)", diff: nil, duration: .zero)))
  }

  /// Makes sshd reload its old configuration, with a new login as the proof: by any way in, since the undo may have
  /// just removed the key of its own login.
  ///
  /// - Returns: whether a reload was necessary.
  private func reloadIfNeeded(_ reader: Reader) async throws -> Bool {
    guard !reader.host.pendingRestarts.isEmpty else { return false }
    try await restartSSH(reader, proof: FreshLoginRequest(keyPath: nil, afterReload: true))
    // A plan has no proof.
    if options.isPlan { reader.host.clearPendingRestarts() }
    return true
  }
}
