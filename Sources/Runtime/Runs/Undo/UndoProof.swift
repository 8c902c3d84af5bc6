import Diagnosis
import Hosts
import LoginSafety

/// Keeps logins working while an undo reverses changes that decide about logins, apart from sshd's configuration: a
/// watchdog before the first change, and one login after the last.
struct UndoProof: Sendable {
  let run: Run
  let reader: Reader
  let writer: any Writer
  /// Whether the undo stands even if no login works afterwards.
  let isForced: Bool
  private var guarded: Guarded?

  private struct Guarded: Sendable {
    var dog: Watchdog
    var account: Account
    var acts: [(past: PastAct, call: Int)] = []
    var paths: [String] { Set(acts.compactMap(\.past.recorded.file?.path)).sorted() }
  }

  /// Whether an undone change is still waiting for its proof.
  var isAtWork: Bool { guarded != nil }

  init(run: Run, _ reader: Reader, _ writer: any Writer, isForced: Bool) {
    self.run = run
    self.reader = reader
    self.writer = writer
    self.isForced = isForced
  }

  /// Arms a watchdog if necessary. Must precede the undo of an act.
  ///
  /// - Parameters:
  ///   - acts: all acts that the undo may reverse, so that a single watchdog covers as many as possible.
  ///   - call: the ID of the undo of the act's call.
  /// - Throws: ``Failure`` if no watchdog can be started; then no change may be made.
  mutating func begin(
    _ act: PastAct, of acts: [PastAct], _ stakes: UndoRisk, call: Int
  ) async throws {
    if guarded?.account != act.account {
      try await prove()
      guarded = Guarded(dog: try await arm(for: acts, as: act.account, stakes), account: act.account)
    }
    guarded?.acts.append((act, call))
  }

  private func arm(
    for acts: [PastAct], as account: Account, _ stakes: UndoRisk
  ) async throws -> Watchdog {
    var files: Set<String> = []
    var folders: Set<String> = []
    for file in acts.filter({ $0.account == account }).compactMap(\.recorded.file) {
      guard !stakes.config.contains(file.path), try await stakes.concerns(file.path) else { continue }
      let isFolder = file.kind == .makeDirectory || file.before.isDirectory
      if isFolder { folders.insert(file.path) } else { files.insert(file.path) }
    }
    var watched = Watched(files: files.sorted())
    watched.paths = folders.sorted()
    let facts = try await reader.facts()
    let dog = Watchdog(as: account, facts, watching: watched)
    try await dog.arm(facts, on: reader.host, with: writer)
    let paths = (files.union(folders)).sorted().joined(separator: ", ")
    run.passed(.watchdog, "watchdog armed for \(paths)", on: reader.host, branch: run.branch)
    return dog
  }

  /// Proves everything undone since ``begin(_:of:_:)``, by a new login of any kind. Must not be interrupted.
  ///
  /// - Throws: ``Failure`` of kind `rolled-back` or `unknown` after a failed login.
  mutating func prove() async throws {
    guard let guarded else { return }
    self.guarded = nil
    let proof = self
    do { try await Task { try await proof.logIn(after: guarded) }.value } catch var failure as Failure {
      guard failure.kind == .rolledBack else { throw failure }
      failure.fix.append("let another way in work first, such as a password; `--force` undoes it all the same")
      throw failure
    } catch let error as HostError {
      // The watchdog may or may not have received the acknowledgement.
      self.guarded = guarded
      throw error
    }
    var calls: [Int] = []
    for act in guarded.acts where !calls.contains(act.call) { calls.append(act.call) }
    for call in calls {
      run.countUndone(call, on: reader.host)
      run.reportUndone(guarded.acts.filter { $0.call == call }.map(\.past), on: reader.host, call: call)
    }
  }

  private func logIn(after guarded: Guarded) async throws {
    let what = "undoing: \(guarded.acts.map(\.past.summary).joined(separator: ", "))"
    var way = FreshLoginRequest(keyPath: nil, afterReload: true)
    // ssh finds the default keys by itself, but not the key of `--key`.
    let own = try await LoginProof.request(reader.host)
    if run.options.offeredKey != nil, own.keyPath != nil, try await !isIn(by: way) { way = own }
    if isForced, try await !isIn(by: way) {
      run.warn(
        "\(reader.host.name): no new login works after \(what); it stays so because of --force", branch: run.branch)
      return try await guarded.dog.acknowledge(with: writer)
    }
    try await LoginProof(reader: reader, services: run, branch: run.branch)
      .proveOrRollBack(guarded.dog, after: what, paths: guarded.paths, by: way, with: writer)
  }

  private func isIn(by way: FreshLoginRequest) async throws -> Bool {
    do { return try await run.freshLogin(to: reader.host, with: way).isIn } catch let error as HostError {
      guard error != .cancelled else { throw error }
      return false
    }
  }

  /// Rolls back all unproved changes, because the undo ends here.
  ///
  /// - Returns: the reason for the end, with the things to check where the rollback failed.
  mutating func rollBack(because error: any Error) async -> any Error {
    guard let guarded else { return error }
    self.guarded = nil
    let (dog, writer, name) = (guarded.dog, writer, reader.host.name)
    let paths = guarded.paths.joined(separator: ", ")
    do {
      // The undo's task may be cancelled by now, but the rollback must still happen.
      if try await Task(operation: { try await dog.restore(with: writer) }).value != nil {
        run.warn("\(name): not undone after all, since no login had proved it: \(paths)", branch: run.branch)
        return error
      }
      var failure = run.failure(from: error, in: nil, host: reader.host)
      failure.fix.append("undo once more: it looks which of these were undone: \(paths)")
      return failure
    } catch let second {
      var failure = run.failure(from: error, in: nil, host: reader.host)
      failure.kind = .unknown
      let why = "what no login has proved could not be rolled back: \(run.failure(from: second).message)"
      failure.explanation = [failure.explanation, why].compactMap(\.self).joined(separator: "; ")
      failure.fix.append("\(name) restores \(paths) by itself within \(dog.timeout) seconds; then look again")
      return failure
    }
  }
}
