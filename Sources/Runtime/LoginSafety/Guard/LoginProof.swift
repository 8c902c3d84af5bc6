import Contract
import Diagnosis
import Hosts

/// A new login after a change to files on which logins depend. The change stays only if the login succeeds.
package struct LoginProof: Sendable {
  package let reader: Reader
  package let services: any RunLogins & RunMessages
  package let branch: Int

  package init(reader: Reader, services: any RunLogins & RunMessages, branch: Int) {
    self.reader = reader
    self.services = services
    self.branch = branch
  }

  private var host: Host { reader.host }

  /// The login that must keep working: with the key of the last successful login, or by the run's own method.
  package static func request(_ host: Host) async throws -> FreshLoginRequest {
    if let key = host.workingKey { return FreshLoginRequest(key, afterReload: true) }
    let login = try await host.transport.login()
    // If the server wants more than the key, a login with the key alone would fail after any change.
    guard login.isByKeyAlone else { return FreshLoginRequest(keyPath: nil, afterReload: true) }
    return FreshLoginRequest(keyPath: login.acceptedKeyPath, fingerprint: login.acceptedKey, afterReload: true)
  }

  /// Makes the login. If it fails, the watchdog restores the files, and a second login checks that the host is
  /// reachable again.
  ///
  /// - Parameters:
  /// - what: the change, such as `replace /etc/nologin`.
  /// - paths: the paths known to be changed.
  /// - way: the login to make; `nil` for ``request(_:)``.
  /// - keeps: whether the watchdog stays armed after a successful login.
  /// - Throws: ``Failure`` of kind `rolled-back` or `unknown`.
  package func proveOrRollBack(
    _ dog: Watchdog, after what: String, paths: [String], by way: FreshLoginRequest? = nil, keeps: Bool = false,
    with writer: any Writer
  ) async throws {
    var request = way
    if request == nil { request = try await Self.request(host) }
    guard let request else { return }
    let facts = try await reader.facts()
    let withTerminal = paths.contains { LoginFiles.isStartup($0, facts) }
    let result = try await attempt(request, withTerminal: withTerminal)
    if result.isIn {
      let key = result.login.acceptedKey.map { " with \($0)" } ?? result.login.method.map { " by \($0)" } ?? ""
      services.passed(.proof, "proved by a new login\(key), after \(what)", on: host, branch: branch)
      if keeps { return }
      // sshd 9.8 and newer keeps host keys in memory, so that only the next start proves new keys.
      let keys = paths.filter { LoginFiles.isHostKey($0, host.keyLocations) }
      guard !keys.isEmpty else {
        try await dog.acknowledge(with: writer)
        if request.hasKey { host.proved(WorkingKey(request)) }
        return
      }
      host.watchdogs.append(dog)
      host.addOpaqueEdits(keys)
      return
    }
    throw await rollBack(dog, what, paths, because: result, request, withTerminal, writer)
  }

  private func rollBack(
    _ dog: Watchdog, _ what: String, _ paths: [String], because result: FreshLoginResult, _ request: FreshLoginRequest,
    _ withTerminal: Bool, _ writer: any Writer
  ) async -> Failure {
    let message =
      result.endsTerminals ? "a new session with a terminal ended at once after" : "no new login worked after"
    var failure = Failure(.unknown, "\(message) \(what)", paths: paths).at(.proof)
    if let error = result.error {
      let cause = Failure(error, target: host.target)
      (failure.cause, failure.explanation, failure.seen) = (cause.cause, cause.message, cause.seen)
      // The other advice is for a host as it was before the rollback.
      if case .secretNeeded = error { failure.fix = cause.fix }
    }
    failure.seen += result.clientText
    do {
      let restored = try await dog.restore(with: writer) ?? paths
      failure.seen += restored.isEmpty ? [] : ["restored: \(restored.joined(separator: ", "))"]
      let again = try await attempt(request, withTerminal: withTerminal)
      if again.endsTerminals {
        failure.kind = .rolledBack
        failure.message += "; the files are as before, and sessions with a terminal end at once all the same"
        return failure
      }
      guard !again.isIn else {
        failure.kind = .rolledBack
        failure.message += "; what logins depend on is as before, and a login works again"
        return failure
      }
      let left = paths.filter { !restored.contains($0) }
      failure.message += "; everything that could be restored was, but logins still fail"
      if !left.isEmpty { failure.seen.append("still changed: \(left.joined(separator: ", "))") }
    } catch {
      failure.message += "; it could not be rolled back: \(Failure(describing: error).message)"
    }
    failure.fix = [
      "keep the sessions that are open, and look on the host's own console: sudo sshd -T; sudo tail /var/log/auth.log"
    ]
    return failure
  }

  /// Makes the login, and beside it a session with a terminal if `withTerminal`.
  private func attempt(_ request: FreshLoginRequest, withTerminal: Bool) async throws -> FreshLoginResult {
    async let staysOpen = withTerminal ? try? host.transport.terminalStaysOpen() : true
    var result = try await attempt(request)
    guard await staysOpen == false, result.isIn else { return result }
    (result.isIn, result.endsTerminals) = (false, true)
    return result
  }

  private func attempt(_ request: FreshLoginRequest) async throws -> FreshLoginResult {
    do { return try await services.freshLogin(to: host, with: request) } catch let error as HostError {
      guard error != .cancelled else { throw error }
      return FreshLoginResult(isIn: false, login: Login(), error: error)
    }
  }
}
