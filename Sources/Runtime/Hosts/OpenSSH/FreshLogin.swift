import Formats
import Subprocess
import SystemPackage

/// A new connection with exactly one key: the proof that the server accepts the key.
package struct FreshLogin: Sendable {
  package var options: OpenSSHOptions
  package var ledger: ConnectionLedger
  private static let retryPause = Duration.milliseconds(30)
  /// Time for sshd to listen again after a reload: usually moments, seconds on a busy host.
  package static let reloadPatience = Duration.seconds(15)

  package init(options: OpenSSHOptions, ledger: ConnectionLedger) {
    self.options = options
    self.ledger = ledger
  }

  /// The outcome of a login with one key.
  package struct Outcome: Sendable, Hashable {
    /// Whether the server accepted the key and our command ran.
    package var isIn: Bool
    /// Another key by which the server accepted the login, because `~/.ssh/config` names the key for this host.
    package var otherKey: String?
    /// Whether the server was ready to accept the key.
    package var isAccepted: Bool
    package var login: Login
    /// The reason for a failure, as far as `ssh` gave one.
    package var error: HostError?
    /// The output of `ssh`, without notices and debug lines.
    package var clientText: [String]
    /// Keys that ssh could not use, and agents that did not sign, in ssh's own words.
    package var keyProblems: [String]
  }

  /// Logs in from this computer.
  ///
  /// - Parameters:
  ///   - fingerprint: the key's fingerprint, if known from another source than the key's own files.
  ///   - afterReload: whether to retry refused connections for ``reloadPatience``; servers do not count those.
  /// - Throws: ``HostError/cancelled``. A refused login is an outcome, not an error.
  package func prove(
    _ target: Target, keyPath: String, fingerprint: String? = nil, afterReload: Bool = false
  ) async throws -> Outcome {
    let end = ContinuousClock.now + Self.reloadPatience
    let key = KeyInQuestion(
      path: keyPath, fingerprints: [fingerprint, PrivateKeyFile.fingerprint(keyPath)].compactMap(\.self))
    while true {
      let outcome = try await once(target, key)
      guard afterReload, case .connectionRefused? = outcome.error, ContinuousClock.now < end else { return outcome }
      do { try await Task.sleep(for: Self.retryPause) } catch { throw HostError.cancelled }
    }
  }

  private func once(_ target: Target, _ key: KeyInQuestion) async throws -> Outcome {
    let place = ConnectionLedger.Place(target)
    let onWait = options.onWait
    do { try await ledger.admit(place, onWait: { onWait(target, $0) }) } catch { throw HostError.cancelled }
    var outcome: ConnectionLedger.Outcome = .unreached
    do {
      let result = try await attempt(target, key)
      outcome = result.isIn || result.otherKey != nil ? .authenticated : result.error?.ledgerOutcome ?? .failed
      await ledger.end(place, outcome)
      return result
    } catch {
      await ledger.end(place, outcome)
      throw error
    }
  }

  private func attempt(_ target: Target, _ key: KeyInQuestion) async throws -> Outcome {
    let directory = try PrivateDirectory()
    defer { directory.remove() }
    let nonce = FrameMark.randomToken()
    var arguments = options.base(target, log: directory.log)
    for option in Self.options(keepsAgent: PrivateKeyFile.needsAgent(key.path)) { arguments += ["-o", option] }
    arguments += ["-i", key.path, "--", target.host, Self.command(answering: nonce)]
    var platform = PlatformOptions()
    platform.createSession = true
    platform.teardownSequence = [.send(signal: .terminate, allowedDurationToNextStep: .milliseconds(500))]
    let program = options.program
    let executable: Executable = program.contains("/") ? .path(.init(program)) : .name(program)
    var end = ShellEnd(hadBegun: false, noise: "")
    var printed: [UInt8] = []
    do {
      let result = try await Subprocess.run(
        executable, arguments: Arguments(arguments), platformOptions: platform,
        output: .bytes(limit: 1 << 20), error: .bytes(limit: 1 << 20))
      printed = result.standardOutput
      end.noise = String(decoding: printed + result.standardError, as: UTF8.self)
      switch result.terminationStatus {
      case .exited(let status): end.status = status
      case .signaled(let signal): end.status = 128 + signal
      }
    } catch {
      end.startFailure = "\(error)"
    }
    if Task.isCancelled { throw HostError.cancelled }
    return Self.outcome(
      end, printed: printed, logBytes: directory.read(directory.log), nonce: nonce, target: target.description, key: key
    )
  }

  /// A command whose output is the nonce only if a shell runs it: a forced command that merely echoes its input does
  /// not pass. In sh, csh and fish, two adjacent quoted words form a single word.
  static func command(answering nonce: String) -> String { "echo \"\(nonce.prefix(6))\"\"\(nonce.dropFirst(6))\"" }

  /// Reads the log and output of a login.
  ///
  /// The nonce proves, independently of ssh's wording, that the command ran on the host.
  static func outcome(
    _ end: ShellEnd, printed: [UInt8], logBytes: [UInt8], nonce: String, target: String, key: KeyInQuestion
  ) -> Outcome {
    let failure = LoginFailure(logBytes: logBytes, target: target)
    let log = failure.log
    let isSeen = String(decoding: printed, as: UTF8.self).contains(nonce)
    // Neither another method nor another key would prove anything about the key: IdentitiesOnly does not exclude the
    // keys named in ssh's configuration.
    let otherKey = log.key.flatMap { key.isThis($0) ? nil : $0.name }
    let isIn = isSeen && log.key != nil && otherKey == nil
    return Outcome(
      isIn: isIn, otherKey: otherKey, isAccepted: log.accepted.contains(where: key.isThis), login: Login(log),
      error: isIn || otherKey != nil ? nil : failure.error(end),
      clientText: log.messages, keyProblems: log.keyProblems + log.agentFailures)
  }

  /// Options for a login with one key only. A live control master would answer without any authentication, and an agent
  /// would offer another key; the agent stays only if it alone can use the key.
  static func options(keepsAgent: Bool) -> [String] {
    [
      "ControlMaster=no", "ControlPath=none", "BatchMode=yes", "IdentitiesOnly=yes",
      "PreferredAuthentications=publickey", "PubkeyAuthentication=yes", "PasswordAuthentication=no",
      "KbdInteractiveAuthentication=no", "NumberOfPasswordPrompts=0", "StrictHostKeyChecking=yes",
    ] + (keepsAgent ? [] : ["IdentityAgent=none"])
  }
}
