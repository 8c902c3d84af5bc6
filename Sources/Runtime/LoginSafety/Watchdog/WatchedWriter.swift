import Diagnosis
import Hosts

/// Records the changes for the run's last proof to cover, and has the run's watchdog keep the state before each of
/// root's acts.
package struct WatchedWriter: Writer {
  package let writer: any Writer
  package let reader: Reader
  package var isPlan: Bool { writer.isPlan }

  package init(writer: any Writer, reader: Reader) {
    self.writer = writer
    self.reader = reader
  }

  @discardableResult
  package func perform(_ act: Act) async throws -> Output { try await watched(act) { try await writer.perform($0) } }
  package func answer(_ act: Act) async throws -> Output { try await watched(act) { try await writer.answer($0) } }

  private func watched(_ act: Act, _ body: (Act) async throws -> Output) async throws -> Output {
    let host = reader.host
    guard !host.isHere, !act.leavesNothing || act.restartsServer else { return try await body(act) }
    let facts = try await reader.facts()
    let isRoot = act.account == .root || facts.isRoot
    if !isRoot, LoginFiles.isApart(act, facts) { return try await body(act) }
    if host.usualLogin == nil { host.usualLogin = try await LoginProof.request(host) }
    let (before, isFirst) = (host.unproved, host.runWatchdog == nil)
    // Before the act: an act whose answer is lost may have been made all the same.
    host.changes(asRoot: isRoot)
    do {
      return try await isRoot ? watchedAsRoot(act, facts, body) : body(act)
    } catch let error where isFirst && error.precedesAct {
      host.unproved = before
      host.endRunWatchdog()
      throw error
    }
  }

  /// Arms the run's watchdog before the run's first change as root.
  ///
  /// - Parameter account: root, or the login if it is root already.
  /// - Throws: ``Failure`` if the watchdog cannot be armed; the caller must then change nothing.
  func arm(as account: Account) async throws {
    guard reader.host.runWatchdog?.isArmed != true else { return }
    let script = Script("arm the watchdog", "exit 0")
    var act = Act(.command(script, creates: [], summary: script.name), as: account, leavesNothing: true)
    act.keepsFiles = true
    _ = try await watchedAsRoot(act, try await reader.facts()) { try await writer.perform($0) }
  }

  private func watchedAsRoot(
    _ act: Act, _ facts: Facts, _ body: (Act) async throws -> Output
  ) async throws -> Output {
    let host = reader.host
    let dog = host.startRunWatchdog(as: act.account)
    var act = act
    act.prelude = dog.prelude(to: act, facts, port: host.serverPort)
    act.scratch.append(dog.watchdog.folder)
    let start = ContinuousClock.now
    let output: Output
    do { output = try await body(act) } catch WriteError.failed(_, let status, let stderr)
      where dog.refused(status, stderr)
    { throw dog.refusal(stderr) }
    if dog.refused(output.status, output.errorText) { throw dog.refusal(output.errorText) }
    host.runWatchdogIsArmed(since: start, hasImage: dog.needsImage(act))
    return output
  }
}

extension Error {
  /// Whether neither the act has begun nor the watchdog before it: another run holds the lock, or the account cannot
  /// become root.
  fileprivate var precedesAct: Bool { (self as? Failure)?.kind == .busy || isRefusalOfRoot }

  /// Whether the account could not become root, so that root's shell has begun no command.
  var isRefusalOfRoot: Bool {
    switch self as? HostError {
    case .rootRefused, .secretNeeded: true
    default: false
    }
  }
}
