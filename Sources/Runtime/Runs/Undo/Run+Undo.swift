extension Run {
  /// Takes a past run back, newest change first, each only where the host still is as that run left it.
  ///
  /// - Parameters:
  ///   - force: take back also what somebody has changed since.
  ///   - cutOff: earlier tries to take this run back that did not come to their end; they may have left something.
  func takeBack(_ past: PastRun, force: Bool, after cutOff: [PastRun] = []) async -> Failure? {
    // This computer comes last: what it knows of the hosts, such as their keys, may be needed to reach them.
    let hosts = readers.dropFirst()
    var failures = await withTaskGroup(of: Failure?.self) { group in
      for reader in hosts { group.addTask { await self.takeBack(past, reader, force: force, cutOff) } }
      return await group.reduce(into: [Failure]()) { if let failure = $1 { $0.append(failure) } }
    }
    if let failure = await takeBack(past, readers[0], force: force, cutOff) { failures.append(failure) }
    let failure = await settle(
      after: failures.isEmpty ? nil : Failure(parts: failures, of: max(failures.count, readers.count - 1)))
    await close(as: failure?.kind ?? "done")
    return failure
  }

  private func takeBack(_ past: PastRun, _ reader: Reader, force: Bool, _ cutOff: [PastRun]) async -> Failure? {
    let changes = past.changes.reversed().filter { change in
      // Of a file one can see whether something was changed after all; of a command only whether it was said to fail.
      change.host == reader.host.name && (change.isDone != false || change.record.path != nil)
    }
    if let relocation = past.relocations[reader.host.name] { await reader.host.relocate(relocation) }
    do {
      if !options.isPlan, !changes.isEmpty {
        for undo in cutOff {
          try await letWatchdogsPutBack(of: undo, on: reader.host.name, with: writer(for: reader))
        }
      }
      try await takeBack(changes, reader, force: force, leftBy: [past] + cutOff)
      return nil
    } catch { return failure(from: error, in: nil, host: reader.host) }
  }

  private func takeBack(
    _ changes: [PastRun.Change], _ reader: Reader, force: Bool, leftBy runs: [PastRun]
  ) async throws {
    guard !changes.isEmpty else { return }
    let first = FirstImages(of: changes)
    let writer: any Writer = options.isPlan ? OverlayWriter(reader: reader) : writer(for: reader)
    let config = try await reader.facts().platform.sshdConfig
    for change in changes {
      try Task.checkCancellation()
      let isConfig = change.record.path?.hasPrefix(config) == true
      // In the order of the run: what it did before this edit, such as to let a key in, may be the only way in as long as
      // sshd has not read its old configuration again.
      if !isConfig { try await reloadIfNeeded(reader) }
      switch try await UndoVerdict(of: change, first: first, reader: reader) {
      case .differs(let what, let acts) where !force || acts.isEmpty:
        warn("left alone on \(reader.host.name): \(what)", branch: branch)
      case .restore(let acts), .differs(_, let acts):
        if isConfig { try await armWatchdog(for: changes, reader, writer) }
        try await restore(acts, of: change, isConfig: isConfig, reader, writer)
      case .kept(let why): note("not taken back on \(reader.host.name): \(why)", branch: branch)
      case .isAsBefore: state.update { $0.unchanged += 1 }
      }
    }
    try await reloadIfNeeded(reader)
    try await reader.host.acknowledgeWatchdog(with: writer)
    guard !options.isPlan else { return }
    for run in runs { try await tidyUp(after: run, on: reader.host.name, with: writer) }
  }

  private func armWatchdog(for changes: [PastRun.Change], _ reader: Reader, _ writer: any Writer) async throws {
    guard reader.host.watchdogs.isEmpty else { return }
    let facts = try await reader.facts()
    let config = facts.platform.sshdConfig
    try await Watchdog.arm(
      for: Set(changes.compactMap(\.record.path).filter { $0.hasPrefix(config) }).sorted(), beside: config,
      on: reader.host, platform: facts.platform, as: facts.isRoot ? .login : .root, with: writer)
  }

  private func restore(
    _ acts: [Act], of change: PastRun.Change, isConfig: Bool, _ reader: Reader, _ writer: any Writer
  ) async throws {
    for act in acts {
      var edit: PendingRestart?
      if isConfig, let path = act.path {
        let before = try await reader.state(of: path, as: act.account).contents
        edit = PendingRestart(path: path, before: before, after: nil)
      }
      try await writer.perform(act)
      guard var edit else { continue }
      switch act.kind {
      case .replaceFile(_, let contents, _, _): edit.after = contents
      case .remove: break
      default: continue
      }
      reader.host.addPendingRestart(edit)
    }
    state.update { $0.changed += 1 }
    sink.receive(
      .action(
        Action(
          id: numbers.action(), primitive: "undo", host: reader.host.name, branch: branch, step: nil, position: nil,
          state: .changed, what: "taken back: \(change.summary)", diff: nil, duration: .zero)))
  }

  /// sshd must read its old configuration again, with a new login as the proof: by any way in, since the key that this
  /// run logged in with may be one that it has just taken away.
  private func reloadIfNeeded(_ reader: Reader) async throws {
    guard !reader.host.pendingRestarts.isEmpty else { return }
    try await restartSSH(reader, proof: FreshLoginRequest(keyPath: nil, afterReload: true))
  }
}
