import Contract
import Diagnosis
import Hosts
import Scripts
import Values

/// Reloads sshd, proves the new configuration with a login, and rolls all edits back if the proof fails.
package struct SSHDReload: Sendable {
  package let context: PrimitiveContext
  package let sshd: SSHDReader
  package let pending: [PendingRestart]
  /// Whether a command of the recipe has edited the configuration.
  package let isOpaque: Bool
  package let commands: [Platform.ServiceCommand]
  /// `reload` or `restart`.
  package let verb: String
  package let proof: FreshLoginRequest

  package init(
    context: PrimitiveContext, sshd: SSHDReader, pending: [PendingRestart], isOpaque: Bool,
    commands: [Platform.ServiceCommand], verb: String, proof: FreshLoginRequest
  ) {
    self.context = context
    self.sshd = sshd
    self.pending = pending
    self.isOpaque = isOpaque
    self.commands = commands
    self.verb = verb
    self.proof = proof
  }

  /// The result of a single reload.
  enum Outcome: Sendable, Equatable {
    case done(command: String)
    /// `sshd -t` refused the files; sshd has not read them.
    case refused([String])
    /// The platform has no command for it, or every command failed.
    case notRun([String])
    case silent(port: String, command: String)
    /// The connection ended before the answer arrived.
    case lost

    init(_ output: Output) {
      let lines = output.text.split(whereSeparator: \.isNewline).map(String.init)
      let rest = lines.map { $0.hasPrefix("| ") ? String($0.dropFirst(2)) : $0 }
      if lines.first == "refused" {
        self = .refused(Array(rest.dropFirst()))
      } else if let ran = lines.first(where: { $0.hasPrefix("ran ") }).map({ String($0.dropFirst(4)) }) {
        let silent = lines.first { $0.hasPrefix("silent ") }
        self = silent.map { .silent(port: String($0.dropFirst(7)), command: ran) } ?? .done(command: ran)
      } else {
        let said =
          rest.filter { $0 != "none" && !$0.hasPrefix("port ") }
          + output.errorText.split(whereSeparator: \.isNewline).map(String.init)
        self = .notRun(said.isEmpty ? ["no command to reload sshd is there"] : said)
      }
    }
  }

  /// Runs in a task of its own: cancelled between reload and proof, it would leave the host to the watchdog.
  package func callAsFunction(with writer: any Writer) async throws -> [String: LuaValue] {
    try await Task { try await self.carryOut(with: writer.unguarded) }.value
  }

  private func carryOut(with writer: any Writer) async throws -> [String: LuaValue] {
    // Reload and proof have the full time. The reload's own script restarts the time of root's watchdogs.
    let own = context.host.watchdogs.filter { $0.account == sshd.rootAccount }
    for dog in context.host.watchdogs where !own.contains(dog) { try await dog.extend(with: writer) }
    let outcome: Outcome
    let ports: [Int]
    do { (outcome, ports) = try await reload(commands, extending: own, with: writer) } catch let error as HostError {
      throw try await rollBack(writer, from: .lost, because: Failure(error, target: context.host.target))
    }
    guard case .done(let command) = outcome else {
      throw try await rollBack(writer, from: outcome, because: outcome.failure(verb))
    }
    let move = try await SSHDRelocation(context, asked: proof.port, listening: ports)
    var proof = proof
    (proof.port, proof.hostKeyName) = (move?.relocation.port ?? proof.port, move?.relocation.hostKeyName)
    // Side by side: neither depends on the other.
    async let becomesRoot = becomeRootAgain(writer)
    let result = try await proveClosed(proof)
    let hasBecomeRoot = await becomesRoot
    guard result.isIn else {
      throw try await rollBack(writer, from: outcome, because: Self.failure(of: result, context.host))
    }
    let open = stillOpen(result)
    guard open.isEmpty else {
      throw try await rollBack(writer, from: outcome, because: Self.unread(open, command))
    }
    context.passed(.proof, Self.proved(result, port: proof.port))
    if hasBecomeRoot { context.passed(.proof, "becoming root again worked beside this login") }
    // Journaled before the acknowledgement: without a record of the new port, `undo` could not find the host.
    do { if let move { try record(move.relocation) } } catch {
      throw try await rollBack(writer, from: outcome, because: Failure(describing: error))
    }
    do { try await acknowledge(with: writer) } catch {
      if move != nil { try? record(context.host.relocation) }
      guard let failure = error as? Failure, failure.kind == .unknown else { throw error }
      throw try await rollBack(writer, from: outcome, because: failure)
    }
    context.host.clearPendingRestarts()
    if let move { try await move.takeEffect(context) }
    if proof.hasKey {
      var key = WorkingKey(proof)
      context.host.workingKey = key
      key.fingerprint = key.fingerprint ?? result.login.acceptedKey
      context.host.proved(key)
    }
    var fields: [String: LuaValue] = ["command": .string(command)]
    fields["port"] = move.map { .integer(Int64($0.relocation.port)) }
    fields["fingerprint"] = result.login.acceptedKey.map { .string($0) }
    return fields
  }

  private func record(_ relocation: Relocation?) throws {
    do { try context.services.record(relocation, of: context.host) } catch {
      throw Failure(
        .failed, "the new port could not be written down, and no undo would find the host", explanation: "\(error)"
      ).at(.proof)
    }
  }

  /// Acknowledges the change to the watchdog. After a lost answer, the files show whether the acknowledgement arrived.
  private func acknowledge(with writer: any Writer) async throws {
    do {
      try await context.host.acknowledgeWatchdog(with: writer) {
        guard !isOpaque else { return false }
        return try await context.hasInPlace(pending, as: sshd.rootAccount)
      }
    } catch let error as HostError {
      context.host.clearPendingRestarts()
      throw unknown(Failure(describing: error), "the connection was lost when the watchdog on the host was told")
    }
  }

  private static func proved(_ result: FreshLoginResult, port: Int?) -> String {
    let way = result.login.acceptedKey.map { " with \($0)" } ?? result.login.method.map { " by \($0)" } ?? ""
    return "proved by a new login\(way)\(port.map { " at port \($0)" } ?? "")"
  }

  private func reload(
    _ commands: [Platform.ServiceCommand], extending dogs: [Watchdog] = [], with writer: any Writer
  ) async throws -> (outcome: Outcome, ports: [Int]) {
    let paths = sshd.facts.platform.sshd
    let script = Script(
      "\(verb) sshd", ShellScripts.reloadSSHD,
      [String(dogs.count)] + dogs.map(\.folder) + [String(paths.count)] + paths
        + commands.flatMap { [$0.command, $0.needs] })
    var act = Act(.command(script, creates: [], summary: "\(verb) sshd"), as: sshd.rootAccount, leavesNothing: true)
    act.restartsServer = true
    let output = try await writer.answer(act)
    if let dog = dogs.first, let failure = dog.failure(toExtend: output) { throw failure }
    let ports = output.text.split(whereSeparator: \.isNewline).compactMap { line in
      line.hasPrefix("port ") ? Int(line.dropFirst(5)) : nil
    }.filter((1...65535).contains)
    return (Outcome(output), ports)
  }

  /// A login that the old configuration could have accepted is repeated, since a reload takes a moment.
  private func proveClosed(_ request: FreshLoginRequest) async throws -> FreshLoginResult {
    var result = try await prove(request)
    for _ in 1...3 where result.isIn && !stillOpen(result).isEmpty {
      result = try await prove(request)
    }
    return result
  }

  /// Becoming root again is part of the run's last proof, which repeats a failed attempt and judges it.
  private func becomeRootAgain(_ writer: any Writer) async -> Bool {
    let unproved = context.host.unproved
    guard writer is WatchedWriter, unproved.root else { return false }
    do { try await context.host.transport.becomeRootAgain() } catch { return false }
    context.host.rootWorked(after: unproved.changes)
    return true
  }

  /// The methods that sshd still offers, although the edits switch them off.
  private func stillOpen(_ result: FreshLoginResult) -> [String] {
    let closed = Set(pending.flatMap(\.closedMethods))
    return (result.login.methodsOffered ?? []).filter(closed.contains)
  }

  private static func unread(_ open: [String], _ command: String) -> Failure {
    Failure(
      .config, "sshd still offers \(open.joined(separator: " and ")) after \"\(command)\"",
      explanation: "the sshd that accepts logins has not read the edited files: it runs apart from its service, or "
        + "with options of its own",
      fix: ["see which sshd listens, and how it was started: sudo ss -ltnp; ps -ef | grep sshd"]
    ).at(.proof)
  }

  private func prove(_ request: FreshLoginRequest) async throws -> FreshLoginResult {
    do { return try await context.services.freshLogin(to: context.host, with: request) } catch let error as HostError {
      guard error != .cancelled else { throw error }
      return FreshLoginResult(isIn: false, login: Login(), error: error)
    }
  }

  /// Restores the files over the open connection, and checks with a login that the host is reachable again.
  private func rollBack(
    _ writer: any Writer, from outcome: Outcome, because reason: Failure
  ) async throws -> Failure {
    var failure = reason
    let paths = pending.map(\.path)
    failure.paths = paths
    do {
      if case .lost = outcome { await reconnect() }
      try await context.rollBack(pending, with: writer, as: sshd.rootAccount)
      // Only the watchdog has the old contents of files changed by a command.
      if !context.host.opaqueEdits.isEmpty { try await context.host.restoreWatched(with: writer) }
      context.host.clearPendingRestarts()
      switch outcome {
      case .refused:
        try await context.host.acknowledgeWatchdog(with: writer)
        return rolledBack(failure, "sshd never read the new files")
      case .notRun: break
      case .done, .silent, .lost:
        let back = try await wakeUp(with: writer)
        guard case .done = back else { return unknown(failure, back.failure("reload").message) }
      }
      var again = FreshLoginRequest(keyPath: nil, afterReload: true)
      if proof.hasKey, proof.fingerprint == (try await context.host.transport.login()).acceptedKey {
        again = FreshLoginRequest(WorkingKey(proof), afterReload: true)
      }
      let result = try await prove(again)
      guard result.isIn else {
        return unknown(failure, "after that: \(Self.failure(of: result, context.host).message)")
      }
      // Only now, because until here the watchdog is the fallback. From here on, both would restore the same contents.
      try? await context.host.acknowledgeWatchdog(with: writer)
      return rolledBack(failure, "a login worked again after that")
    } catch {
      // The watchdog still has copies. Without pending restarts, no later step restores files without a reload.
      context.host.clearPendingRestarts()
      return unknown(failure, Failure(describing: error).message)
    }
  }

  /// sshd may refuse connections for a moment while it restarts. These refusals do not count as failed logins.
  private func reconnect() async {
    let end = ContinuousClock.now + FreshLogin.reloadPatience
    while ContinuousClock.now < end {
      do { _ = try await context.host.transport.login() } catch HostError.connectionRefused {
        try? await Task.sleep(for: .milliseconds(100))
        continue
      } catch {}
      return
    }
  }

  /// Reloads sshd, or restarts it if the configuration made it exit. Only once, since systemd gives up on a service
  /// after too many starts.
  private func wakeUp(with writer: any Writer) async throws -> Outcome {
    let reloaded = try await reload(sshd.facts.platform.reload, with: writer).outcome
    if case .done = reloaded { return reloaded }
    return try await reload(sshd.facts.platform.restart, with: writer).outcome
  }

  /// The reload alone, for files already restored.
  ///
  /// - Throws: ``Failure`` if sshd has not read the files.
  package static func wakeUp(_ context: PrimitiveContext, with writer: any Writer) async throws {
    let reload = SSHDReload(
      context: context, sshd: try await SSHDReader(context.reader), pending: [], isOpaque: false, commands: [],
      verb: "reload", proof: FreshLoginRequest(keyPath: nil, afterReload: true))
    let outcome = try await reload.wakeUp(with: writer)
    guard case .done = outcome else { throw outcome.failure("reload") }
  }

  private func rolledBack(_ failure: Failure, _ seen: String) -> Failure {
    var failure = failure
    failure.kind = .rolledBack
    failure.message += "; \(pending.isEmpty && !isOpaque ? "nothing was edited" : "the old configuration is restored")"
    failure.seen.append(seen)
    return failure
  }

  private func unknown(_ failure: Failure, _ seen: String) -> Failure {
    context.host.leaveToRunWatchdog(pending)
    var failure = failure
    failure.kind = .unknown
    failure.message += "; the old configuration may not be restored"
    failure.seen.append(seen)
    failure.fix = [
      "keep the sessions that are open, and look on the host's own console: sudo sshd -t; sudo systemctl status ssh"
    ]
    return failure
  }

  private static func failure(of result: FreshLoginResult, _ host: Host) -> Failure {
    var failure = Failure(.denied, "the login that should prove the new configuration failed").at(.proof)
    if let error = result.error {
      let cause = Failure(error, target: host.target)
      (failure.cause, failure.explanation) = (cause.cause, cause.message)
      failure.seen = cause.seen
    }
    failure.seen += result.clientText
    return failure
  }
}

extension SSHDReload.Outcome {
  fileprivate func failure(_ verb: String) -> Failure {
    switch self {
    case .done: Failure(.failed, "sshd was not asked to \(verb)").at(.proof)
    case .refused(let lines):
      Failure(.config, Diagnosis(.configRefused, ["path": "its configuration"], seen: lines)).at(.check)
    case .notRun(let lines): Failure(.failed, "sshd could not be made to \(verb)", seen: lines).at(.proof)
    case .lost: Failure(.failed, "it is unknown whether sshd was asked to \(verb)").at(.proof)
    case .silent(let port, let command):
      Failure(.failed, "nothing listens on port \(port) after \"\(command)\"").at(.proof)
    }
  }
}
