import Diagnosis
import Hosts
import LoginSafety
import Primitives

extension Run {
  /// Undoes a past command on all its hosts, newest act first, except for files changed since.
  ///
  /// - Parameters:
  ///   - force: whether to undo files changed since, too.
  ///   - cutOff: earlier undos of the same runs that were cut off and may have left files.
  func undo(_ past: PastCommand, force: Bool, after cutOff: [PastRun] = []) async -> Failure? {
    var failures = await undoOnHosts(past, force: force, cutOff)
    // This computer comes last: files here, such as known hosts' keys, may be needed to reach the hosts, also for the
    // undo after a failed undo.
    if failures.isEmpty {
      if let failure = await undo(past, readers[0], force: force, cutOff) { failures.append(failure) }
    } else if past.acts.contains(where: { $0.host == readers[0].host.name && $0.isLasting }) {
      note("left alone on this computer until all hosts are undone", branch: branch)
    }
    let failure = await proveOrRollBack(
      after: failures.isEmpty ? nil : Failure(parts: failures, of: max(failures.count, readers.count - 1)))
    // Without failures of hosts, the proof of all has failed.
    if !options.isPlan, failure == nil || !failures.isEmpty {
      let failed = Set(failures.compactMap(\.host) + (failures.isEmpty ? [] : [readers[0].host.name]))
      mark(past.runs.filter { run in past.isWhole(run) && !run.acts.contains { failed.contains($0.host) } })
    }
    let isPartial = failure == nil && state.read { !$0.leftAlone.isEmpty }
    await close(as: isPartial ? .partlyDone : RecordedOutcome(failure))
    return failure
  }

  private func undoOnHosts(_ past: PastCommand, force: Bool, _ cutOff: [PastRun]) async -> [Failure] {
    await withTaskGroup(of: Failure?.self) { group in
      var waiting = readers.dropFirst()
      var failures: [Failure] = []
      for _ in 0..<min(max(1, options.forks), waiting.count) {
        guard let reader = waiting.popFirst() else { break }
        group.addTask { await self.undoOnHost(past, reader, force: force, cutOff) }
      }
      for await failure in group {
        if let failure { failures.append(failure) }
        guard let reader = waiting.popFirst() else { continue }
        group.addTask { await self.undoOnHost(past, reader, force: force, cutOff) }
      }
      return failures
    }
  }

  private func undoOnHost(_ past: PastCommand, _ reader: Reader, force: Bool, _ cutOff: [PastRun]) async -> Failure? {
    let start = ContinuousClock.now
    func tell(_ state: RunEvent.State) {
      sink.receive(
        .run(
          RunEvent(
            id: id, hosts: [reader.host.name], branch: branch, attempt: 1, attempts: 1, state: state,
            duration: start.duration(to: .now))))
    }
    tell(.began)
    let failure = await undo(past, reader, force: force, cutOff)
    tell(.ended(failure))
    return failure
  }

  /// Marks runs as undone, so that the next undo without an ID takes an earlier command.
  private func mark(_ runs: [PastRun]) {
    guard let folder = setup.journals else { return }
    let (alone, kept) = (state.read(\.leftAlone), state.read(\.kept))
    for run in runs where run.undone == nil || run.isUndoneInPart {
      let left = Set(run.acts.map(\.host)).reduce(0) { $0 + alone[$1, default: 0] + kept[$1, default: 0] }
      do { try History(folder: folder).mark(run.id, as: PastUndo(id: id, left: left)) } catch {
        warn("the journal of \(run.id) could not be marked as undone: \(error)", branch: branch)
      }
    }
  }

  private func undo(_ past: PastCommand, _ reader: Reader, force: Bool, _ cutOff: [PastRun]) async -> Failure? {
    let name = reader.host.name
    var acts = past.acts.reversed().filter { act in
      // A look at the file shows whether a failed act had an effect after all; for a command, only the status can tell.
      act.host == name && (act.isDone != false || act.recorded.file != nil)
    }
    // The newest first: an undo that was cut off may have moved the host before.
    let moves = cutOff.sorted { $0.began > $1.began }.map { $0.relocations[name] } + [past.relocation(of: name)]
    let relocations = moves.compactMap(\.self)
    // The key proved by the undone run may have to go.
    reader.host.workingKey = nil
    do {
      if !acts.isEmpty, let relocation = relocations.first { try await find(reader, at: relocation) }
      acts = try await self.acts(acts, of: past, on: reader, force: force)
      if !options.isPlan, !acts.isEmpty {
        for undo in cutOff {
          try await letWatchdogsRestore(of: undo, on: name, with: writer(for: reader))
        }
      }
      try await undo(acts, reader, force: force, leftBy: past.runs + cutOff)
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
    let undone = pastActs.contains { $0.recorded.undo != nil } ? History(folder: setup.journals).undoneCommands() : []
    var calls = UndoneCalls(run: self, host: reader.host)
    defer { calls.report() }
    pastActs: for past in pastActs where !undone.contains(past.id) {
      try Task.checkCancellation()
      let isConfig = stakes.isConfig(past.recorded)
      let call = calls.call(of: past)
      let acting = options.isPlan ? writer : self.writer(for: reader, call: call)
      // In the order of the run: an older act, such as adding a key, may be the only way in until sshd has reloaded its
      // old configuration.
      if !isConfig, !reader.host.pendingRestarts.isEmpty {
        calls.report()
        if try await reloadIfNeeded(reader) { stakes.isLoginOld = true }
      }
      switch try await UndoDecision(of: past, first: first, reader: reader) {
      case .differs(let what, let acts) where !force || acts.isEmpty:
        state.update { $0.leftAlone[reader.host.name, default: 0] += 1 }
        warn("left alone on \(reader.host.name): \(what)", branch: branch)
      case .restore(let acts), .differs(_, let acts):
        if isConfig {
          try await proof.prove()
          try await restoreConfig(acts, among: stakes.config, reader, acting)
        } else if !options.isPlan, try await stakes.needProof(acts, isGuarded: proof.isAtWork) {
          try await proof.begin(past, of: pastActs, stakes, call: call)
          for act in acts { try await acting.perform(act) }
          // Reported after the proof.
          continue
        } else {
          for act in acts {
            guard try await undo(past, by: act, reader, acting) else { continue pastActs }
          }
        }
        calls.undone(past)
      case .kept(let why):
        state.update { $0.kept[reader.host.name, default: 0] += 1 }
        note("not undone on \(reader.host.name): \(why)", branch: branch)
      case .isAsBefore: if past.isLasting { ended(call, CallEnd(host: reader.host.name, result: .unchanged)) }
      }
    }
  }

  /// Performs an act, behind the guard if it is a command of the recipe's author.
  ///
  /// - Returns: false if the command did not work, and need not: the command to undo failed, or the run was cut off at it.
  private func undo(_ past: PastAct, by act: Act, _ reader: Reader, _ writer: any Writer) async throws -> Bool {
    guard act.isOpaque else {
      try await writer.perform(act)
      return true
    }
    let guarded = GuardedWriter(
      writer: writer, reader: reader, services: self, branch: branch, isPlan: options.isPlan)
    let output = try await guarded.perform(act)
    guard !output.isSuccess else { return true }
    guard past.isDone == nil || past.hasFailed else {
      throw Failure(
        .exit, "the undo command of \"\(past.summary)\" ended with status \(output.status)",
        seen: output.errorText.split(whereSeparator: \.isNewline).suffix(5).map(String.init),
        fix: ["undo it by hand, or mend what is in its way, and call undo again"], status: Int(output.status),
        stderr: output.errorText)
    }
    let why = past.hasFailed ? "it failed then, and so did its undo command" : "cut off then; its undo command failed"
    note("not undone on \(reader.host.name): \(past.summary) (\(why))", branch: branch)
    return false
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
