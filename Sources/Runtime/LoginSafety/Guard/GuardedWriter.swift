import Contract
import Diagnosis
import Hosts

/// Prevents lockouts: refuses acts after which sshd's rules would reject the working key. Other acts on files on which
/// logins depend need a proof by a login, under a watchdog armed before the first change.
package struct GuardedWriter: Writer {
  package let writer: any Writer
  package let reader: Reader
  package let services: any RunLogins & RunMessages
  package let branch: Int
  /// A plan only checks sshd's own rules, without a login.
  package let isPlan: Bool

  package init(writer: any Writer, reader: Reader, services: any RunLogins & RunMessages, branch: Int, isPlan: Bool) {
    self.writer = writer
    self.reader = reader
    self.services = services
    self.branch = branch
    self.isPlan = isPlan
  }

  package func perform(_ act: Act) async throws -> Output { try await guarded(act) { try await writer.perform($0) } }
  package func answer(_ act: Act) async throws -> Output { try await guarded(act) { try await writer.answer($0) } }

  private func guarded(_ act: Act, _ body: @Sendable @escaping (Act) async throws -> Output) async throws -> Output {
    guard !reader.host.isHere, !act.leavesNothing else { return try await body(act) }
    if act.isOpaque, !isPlan {
      let command = OpaqueCommand(reader: reader, services: services, branch: branch, writer: writer)
      return try await command.run(act, body)
    }
    switch try await LoginRisk(of: act, reader) {
    case .none: return try await body(act)
    case .lockout(let objections): throw refusal(act, objections)
    // The contents are too large for a check and a copy.
    case .open where act.isLarge, .config where act.isLarge: throw tooLarge(act)
    case .open where !isPlan: return try await Task { try await proved(act, body) }.value
    case .config where !isPlan: return try await edited(act, body)
    case .open, .config: return try await body(act)
    }
  }

  private func tooLarge(_ act: Act) -> Failure {
    Failure(
      .limit, "logins depend on this file, and its new contents are too large for that: \(act.summary)",
      paths: act.path.map { [$0] } ?? []
    ).at(.check)
  }

  private func refusal(_ act: Act, _ objections: Set<String>) -> Failure {
    Failure(
      .lockout, "this would lock you out, so it was not done: \(act.summary)",
      explanation: "the key that this run logged in with would not work any more", seen: objections.sorted(),
      fix: ["log in with another key, or with a password, and run it again"], paths: act.path.map { [$0] } ?? []
    ).at(.check)
  }

  /// Called in a separate task: a cancellation between act and proof would leave the host to the watchdog.
  private func proved(_ act: Act, _ body: @Sendable (Act) async throws -> Output) async throws -> Output {
    guard let path = act.path else { return try await body(act) }
    let dog = try await watchdog(act, path)
    let output: Output
    do { output = try await body(act) } catch {
      _ = try? await dog.restore(with: writer)
      throw error
    }
    try await LoginProof(reader: reader, services: services, branch: branch)
      .proveOrRollBack(dog, after: act.summary, paths: [path], with: writer)
    return output
  }

  /// An edit of sshd's configuration takes effect with `restart_ssh`, or at the end of the run.
  private func edited(_ act: Act, _ body: @Sendable (Act) async throws -> Output) async throws -> Output {
    guard let path = act.path else { return try await body(act) }
    let before = try await reader.state(of: path, as: act.account).contents
    if !reader.host.isWatched(path) { reader.host.watchdogs.append(try await watchdog(act, path)) }
    var after: [UInt8]?
    if case .replaceFile(_, let contents, _, _) = act.kind { after = contents }
    // Recorded before the write: if the answer is lost, the file may still have changed.
    reader.host.addPendingRestart(PendingRestart(path: path, before: before, after: after))
    return try await body(act)
  }

  private func watchdog(_ act: Act, _ path: String) async throws -> Watchdog {
    let facts = try await reader.facts()
    let dog = Watchdog(as: act.account, facts, watching: Watched(path))
    try await dog.arm(facts, on: reader.host, with: writer)
    services.passed(.watchdog, "watchdog armed for \(path)", on: reader.host, branch: branch)
    return dog
  }
}

extension Writer {
  /// The writer for callers with a watchdog and a proof of their own. Not for the code of other programs, so not a
  /// requirement of the protocol.
  var unguarded: any Writer { (self as? GuardedWriter)?.writer ?? self }
}
