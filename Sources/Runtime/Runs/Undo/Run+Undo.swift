extension Run {
  /// Takes a past run back, newest change first, each only where the host still is as that run left it.
  ///
  /// - Parameter force: take back also what somebody has changed since.
  func takeBack(_ past: PastRun, force: Bool) async -> Failure? {
    var failures: [Failure] = []
    for reader in readers {
      let changes = past.changes.reversed().filter { $0.host == reader.host.name && $0.isDone != false }
      do { try await takeBack(changes, reader, force: force) } catch {
        failures.append(failure(from: error, in: nil, host: reader.host))
      }
    }
    let failure = failures.isEmpty ? nil : Failure(parts: failures, of: max(failures.count, readers.count - 1))
    await close(after: failure)
    return failure
  }

  private func takeBack(_ changes: [PastRun.Change], _ reader: Reader, force: Bool) async throws {
    let writer: any Writer = options.isPlan ? OverlayWriter(reader: reader) : writer(for: reader)
    let platform = try await reader.facts().platform
    let configs = Set(changes.compactMap(\.record.path).filter { $0.hasPrefix(platform.sshdConfig) }).sorted()
    if !configs.isEmpty {
      try await Watchdog.arm(
        for: configs, beside: platform.sshdConfig, on: reader.host, platform: platform,
        as: try await reader.facts().isRoot ? .login : .root, with: writer)
    }
    for change in changes {
      try Task.checkCancellation()
      switch try await UndoVerdict(of: change, reader: reader) {
      case .restore(let acts): try await restore(acts, of: change, reader, writer)
      case .differs(_, let acts) where force && !acts.isEmpty: try await restore(acts, of: change, reader, writer)
      case .differs(let what, _):
        warn("left alone on \(reader.host.name): \(what)", branch: branch)
      case .kept(let why): note("not taken back on \(reader.host.name): \(why)", branch: branch)
      case .isAsBefore: state.update { $0.unchanged += 1 }
      }
    }
    try await reloadIfNeeded(reader)
    try await reader.host.acknowledgeWatchdog(with: writer)
  }

  private func restore(
    _ acts: [Act], of change: PastRun.Change, _ reader: Reader, _ writer: any Writer
  ) async throws {
    for act in acts {
      try await writer.perform(act)
      let platform = try await reader.facts().platform
      if case .replaceFile(let path, let contents, _, let expecting) = act.kind,
        path.hasPrefix(platform.sshdConfig)
      {
        reader.host.addPendingRestart(PendingRestart(path: path, before: expecting, after: contents))
      }
    }
    state.update { $0.changed += 1 }
    sink.receive(
      .action(
        Action(
          id: numbers.action(), primitive: "undo", host: reader.host.name, branch: branch, step: nil, position: nil,
          state: .changed, what: "taken back: \(change.summary)", diff: nil, duration: .zero)))
  }

  /// sshd must read its old configuration again, with the same proof as when it was changed.
  private func reloadIfNeeded(_ reader: Reader) async throws {
    guard !reader.host.pendingRestarts.isEmpty else { return }
    try await restartSSH(reader)
  }
}
