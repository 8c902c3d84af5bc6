extension Run {
  /// Takes a past run back, newest change first, each only where the host still is as that run left it.
  ///
  /// - Parameter force: take back also what somebody has changed since.
  func takeBack(_ past: PastRun, force: Bool) async -> Failure? {
    var failures: [Failure] = []
    for reader in readers {
      if let relocation = past.relocations[reader.host.name] { await reader.host.relocate(relocation) }
      let changes = past.changes.reversed().filter { change in
        // Of a file one can see whether something was changed after all; of a command only whether it was said to fail.
        change.host == reader.host.name && (change.isDone != false || change.record.path != nil)
      }
      do { try await takeBack(past, changes, reader, force: force) } catch {
        failures.append(failure(from: error, in: nil, host: reader.host))
      }
    }
    let failure = await settle(
      after: failures.isEmpty ? nil : Failure(parts: failures, of: max(failures.count, readers.count - 1)))
    await close(after: failure)
    return failure
  }

  private func takeBack(
    _ past: PastRun, _ changes: [PastRun.Change], _ reader: Reader, force: Bool
  ) async throws {
    let writer: any Writer = options.isPlan ? OverlayWriter(reader: reader) : writer(for: reader)
    let config = try await reader.facts().platform.sshdConfig
    for change in changes {
      try Task.checkCancellation()
      let isConfig = change.record.path?.hasPrefix(config) == true
      // In the order of the run: what it did before this edit, such as to let a key in, may be the only way in as long as
      // sshd has not read its old configuration again.
      if !isConfig { try await reloadIfNeeded(reader) }
      switch try await UndoVerdict(of: change, reader: reader) {
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
    if !options.isPlan { try await tidyUp(after: past, changes, with: writer) }
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
