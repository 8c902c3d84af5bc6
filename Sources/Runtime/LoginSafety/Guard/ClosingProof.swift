import Contract
import Diagnosis
import Hosts
import Values

/// The proof at the end of a run: one new login with the working key, a command in the account's shell, and, if the run
/// acted as root, becoming root again. The proof covers all of the run's changes on the host, by any primitive or
/// command.
package struct ClosingProof: Sendable {
  package let reader: Reader
  package let services: any RunLogins & RunMessages
  package let branch: Int
  package let writer: any Writer
  /// Whether the run ends after the proof. Otherwise the shells and the locks stay.
  package let isLast: Bool

  package init(
    reader: Reader, services: any RunLogins & RunMessages, branch: Int, writer: any Writer, isLast: Bool = false
  ) {
    self.reader = reader
    self.services = services
    self.branch = branch
    self.writer = writer
    self.isLast = isLast
  }

  private var host: Host { reader.host }

  /// The part that failed.
  private struct Trouble {
    var message: String
    var cause: Failure?
    var seen: [String] = []
  }

  /// Proves all changes that no login has proved so far. Must not be cancelled in between.
  ///
  /// - Throws: ``Failure`` of kind `rolled-back`, `rescued` or `unknown`, if the proof fails.
  package func callAsFunction() async throws {
    let unproved = host.unproved
    guard !unproved.isEmpty || host.isLeftToRunWatchdog else { return try await acknowledge() }
    // The connection may be gone by now.
    let known = host.workingKey.map { FreshLoginRequest($0, afterReload: true) } ?? host.usualLogin
    let request = if let known { known } else { try await LoginProof.request(host) }
    if host.isLeftToRunWatchdog {
      let trouble = Trouble(message: "sshd's configuration could not be restored over the connection")
      throw await rollBack(because: trouble, Unproved(login: true, root: unproved.root), request)
    }
    guard let trouble = try await trouble(unproved, request) else {
      let how =
        unproved.login ? "a new login\(unproved.root ? ", and becoming root again," : "")" : "becoming root again"
      services.passed(.proof, "\(how) worked after all changes", on: host, branch: branch)
      host.unproved = Unproved()
      return try await acknowledge()
    }
    throw await rollBack(because: trouble, Unproved(login: true, root: unproved.root), request)
  }

  /// Login and root are tried side by side: neither depends on the other.
  private func trouble(_ unproved: Unproved, _ request: FreshLoginRequest) async throws -> Trouble? {
    async let login = unproved.login ? loginTrouble(request) : nil
    async let root = unproved.root ? rootTrouble() : nil
    let troubles = try await (login, root)
    return troubles.0 ?? troubles.1
  }

  private func loginTrouble(_ request: FreshLoginRequest) async throws -> Trouble? {
    let result: FreshLoginResult
    do { result = try await services.freshLogin(to: host, with: request) } catch let error as HostError {
      guard error != .cancelled else { throw error }
      result = FreshLoginResult(isIn: false, login: Login(), error: error)
    }
    guard !result.isIn else { return nil }
    return Trouble(
      message: "no new login works after this run", cause: result.error.map { Failure($0, target: host.target) },
      seen: result.clientText)
  }

  private func rootTrouble() async throws -> Trouble? {
    do { try await host.transport.becomeRootAgain() } catch let error as HostError {
      guard error != .cancelled else { throw error }
      let message =
        if case .rootRefused = error { "the account cannot become root any more after this run" } else {
          "the account could not become root to prove this run"
        }
      return Trouble(message: message, cause: Failure(error, target: host.target))
    }
    return nil
  }

  private func acknowledge() async throws {
    guard let dog = host.runWatchdog else { return }
    do {
      try await dog.watchdog.acknowledge(with: writer, seen: dog.lastAct, isLast: isLast) { false }
    } catch let failure as Failure where failure.kind == .rolledBack && !dog.isArmed {
      // No act was seen under the watchdog: it was never armed.
    }
    host.endRunWatchdog()
  }

  private func rollBack(
    because trouble: Trouble, _ unproved: Unproved, _ login: FreshLoginRequest
  ) async -> Failure {
    var failure = Failure(.unknown, trouble.message).at(.proof)
    if let cause = trouble.cause {
      (failure.cause, failure.explanation, failure.seen) = (cause.cause, cause.message, cause.seen)
    }
    failure.seen += trouble.seen
    failure.fix = [
      "keep the sessions that are open, and look on the host's own console: sudo sshd -T; sudo tail /var/log/auth.log"
    ]
    guard let dog = host.runWatchdog else { return failure }
    var report = RunWatchdog.Report()
    do {
      var works = false
      for request in RunWatchdog.Request.untilLogin where !works {
        report.add(await dog.ask(request, with: writer))
        if !report.isAnswered {
          services.warn(
            "\(host.name) does not answer: waiting up to \(report.patience(dog).components.seconds) s for its watchdog "
              + "to roll back", branch: branch)
        }
        works = try await worksAgain(unproved, request: login, within: report.patience(dog), isTold: !report.isAnswered)
        if !report.isAnswered { break }
      }
      failure.paths = report.restored
      failure.seen += report.restored.isEmpty ? [] : ["restored: \(report.restored.joined(separator: ", "))"]
      // A login that works does not show that the files are as before.
      guard works, report.isAnswered || !host.isLeftToRunWatchdog else {
        failure.message +=
          report.isAnswered
          ? "; what root had changed was rolled back as far as possible, but logins still fail"
          : "; the host does not answer, so it is unknown whether its watchdog has rolled back"
        return failure
      }
    } catch {
      failure.message += "; whether it was rolled back is not known: \(Failure(describing: error).message)"
      return failure
    }
    _ = await dog.ask(.end, with: writer)
    host.endRunWatchdog()
    host.unproved = Unproved()
    failure.fix = []
    if report.isRescued {
      failure.kind = .rescued
      failure.message += "; it was rolled back, and sshd still let nobody in: a rescue sshd answers in its place"
      failure.fix = ["repair sshd, then end the rescue sshd: sudo sh \(dog.watchdog.folder)/end-rescue"]
    } else {
      failure.kind = .rolledBack
      failure.message += "; root's changes are rolled back, and a login works again"
    }
    return failure
  }

  /// Tries again until a login works.
  ///
  /// - Parameter isTold: whether the user knows the time. A login under way at its end is then given up; otherwise, a slow
  ///   host may finish it.
  private func worksAgain(
    _ unproved: Unproved, request: FreshLoginRequest, within patience: Duration, isTold: Bool
  ) async throws -> Bool {
    let end = ContinuousClock.now + patience
    while true {
      let works = try await Deadline.value(before: isTold ? end : nil) { try await trouble(unproved, request) == nil }
      if works == true { return true }
      let next = ContinuousClock.now + Self.pause
      guard next < end else { return false }
      try await Task.sleep(until: next, clock: .continuous)
    }
  }

  /// Between two logins; the fuzzer, whose logins are refused at once, waits for none.
  @TaskLocal package static var pause = Duration.seconds(3)
}
