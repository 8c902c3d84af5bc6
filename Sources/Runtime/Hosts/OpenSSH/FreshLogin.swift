import Formats
import Subprocess
import SystemPackage

/// A new connection with exactly one key and nothing else: the proof that a key lets people in.
package struct FreshLogin: Sendable {
  package var options: OpenSSHOptions
  package var ledger: ConnectionLedger
  private static let retryPause = Duration.milliseconds(30)
  /// How long sshd may take to listen again after a reload: moments, or seconds on a busy host.
  package static let reloadPatience = Duration.seconds(15)

  package init(options: OpenSSHOptions, ledger: ConnectionLedger) {
    self.options = options
    self.ledger = ledger
  }

  /// What such a login showed.
  package struct Outcome: Sendable, Hashable {
    /// Whether the key let us in, and our command ran.
    package var isIn: Bool
    /// Another key than the one in question that the server let in: `~/.ssh/config` names it for this host.
    package var otherKey: String?
    /// Whether the server said that it would take the key.
    package var isAccepted: Bool
    package var login: Login
    /// Why not, as far as `ssh` said.
    package var error: HostError?
    /// What `ssh` said, notices and debug lines taken out.
    package var clientText: [String]
    /// Keys that ssh could not use, and agents that did not sign, in its own words.
    package var keyProblems: [String]
  }

  /// Logs in from this computer.
  ///
  /// - Parameters:
  ///   - fingerprint: of the key, where whoever asks knows it from elsewhere than the key's own files.
  ///   - afterReload: connections that are refused are tried again for ``reloadPatience``; nobody counts those.
  /// - Throws: ``HostError/cancelled``. A login that is refused is an outcome.
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

  /// What only a shell makes the nonce of: a forced command that repeats what it was asked is no shell. In sh, csh and
  /// fish two quoted words that touch are one.
  static func command(answering nonce: String) -> String { "echo \"\(nonce.prefix(6))\"\"\(nonce.dropFirst(6))\"" }

  /// Reads what one such login left behind.
  ///
  /// The nonce is the proof that does not depend on ssh's wording: the command ran over there.
  static func outcome(
    _ end: ShellEnd, printed: [UInt8], logBytes: [UInt8], nonce: String, target: String, key: KeyInQuestion
  ) -> Outcome {
    let failure = LoginFailure(logBytes: logBytes, target: target)
    let log = failure.log
    let isSeen = String(decoding: printed, as: UTF8.self).contains(nonce)
    // A method other than the key would prove nothing about it, and nor would another key: IdentitiesOnly does not keep ssh
    // from the keys that its configuration names.
    let otherKey = log.key.flatMap { key.isThis($0) ? nil : $0.name }
    let isIn = isSeen && log.key != nil && otherKey == nil
    return Outcome(
      isIn: isIn, otherKey: otherKey, isAccepted: log.accepted.contains(where: key.isThis), login: Login(log),
      error: isIn || otherKey != nil ? nil : failure.error(end),
      clientText: log.messages, keyProblems: log.keyProblems + log.agentFailures)
  }

  /// One key and nothing else. A living control master would answer without any authentication, and the agent with
  /// another key; it stays only where it alone can open the key.
  static func options(keepsAgent: Bool) -> [String] {
    [
      "ControlMaster=no", "ControlPath=none", "BatchMode=yes", "IdentitiesOnly=yes",
      "PreferredAuthentications=publickey", "PubkeyAuthentication=yes", "PasswordAuthentication=no",
      "KbdInteractiveAuthentication=no", "NumberOfPasswordPrompts=0", "StrictHostKeyChecking=yes",
    ] + (keepsAgent ? [] : ["IdentityAgent=none"])
  }
}
