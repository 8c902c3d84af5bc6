import Formats
import Subprocess
import SystemPackage

/// A new connection that proves a key alone, or the user's own way in.
package struct FreshLogin: Sendable {
  package var options: OpenSSHOptions
  package var ledger: ConnectionLedger
  /// Answers the questions of jump hosts on the way, and for the passphrase of a key in question; `nil` to leave them
  /// without an answer.
  package var person: (any SecretSource & HostKeyDecider)?
  private static let retryPause = Duration.milliseconds(30)
  /// Time for sshd to listen again after a reload: usually moments, seconds on a busy host.
  package static let reloadPatience = Duration.seconds(15)

  package init(
    options: OpenSSHOptions, ledger: ConnectionLedger, person: (any SecretSource & HostKeyDecider)? = nil
  ) {
    self.options = options
    self.ledger = ledger
    self.person = person
  }

  /// The outcome of a login.
  package struct Outcome: Sendable, Hashable {
    /// Whether the server accepted the key, if one is in question, and our command ran.
    package var isIn: Bool
    /// Whether our command ran. Over a shared connection of the user, ssh makes no authentication.
    var isSeen = false
    /// Another key by which the server accepted the login, because `~/.ssh/config` names the key for this host.
    package var otherKey: String?
    /// Whether the server was ready to accept the key.
    package var isAccepted: Bool
    package var login: Login
    /// Fingerprints of the keys offered by ssh.
    package var offered: [String] = []
    /// The reason for a failure, as far as `ssh` gave one.
    package var error: HostError?
    /// The output of `ssh`, without notices and debug lines.
    package var clientText: [String]
    /// The jump hosts on the way that ask the user's own ssh for more than a key.
    var askingJumps: [String] = []
    /// Keys unusable for ssh, and agents that did not sign, in ssh's own words.
    package var keyProblems: [String]
  }

  /// Logs in from this computer with one key alone.
  ///
  /// - Parameters:
  ///   - keyPath: the private key's path, also where only `PATH.pub` is there and an agent holds the private half.
  ///   - publicLine: the public half, for a key that only an agent holds; used without a file at `keyPath`.
  ///   - fingerprint: the key's fingerprint, if known from another source than the key's own files.
  ///   - afterReload: whether to retry refused connections for ``reloadPatience``; servers do not count those.
  /// - Throws: ``HostError/cancelled``. A refused login is an outcome, not an error.
  package func prove(
    _ target: Target, keyPath: String?, publicLine: String? = nil, fingerprint: String? = nil,
    afterReload: Bool = false
  ) async throws -> Outcome {
    let own = keyPath.flatMap(PrivateKeyFile.fingerprint)
    let prints = [fingerprint, own ?? publicLine.flatMap { try? PublicKey($0) }?.fingerprint].compactMap(\.self)
    let key = KeyInQuestion(path: keyPath ?? "", fingerprints: prints)
    return try await patiently(afterReload) { try await once(target, .key(key, publicLine: publicLine)) }
  }

  /// Logs in as the user will: with their own configuration, agent and order of keys, and without a question.
  ///
  /// - Throws: ``HostError/cancelled``.
  package func asTheUser(_ target: Target, afterReload: Bool = false) async throws -> Outcome {
    try await patiently(afterReload) { try await once(target, .user) }
  }

  /// Logs in as ``asTheUser(_:afterReload:)``, and leaves the user's settings of the session in effect, too.
  ///
  /// - Parameters:
  ///   - changes: options in place of the user's own.
  ///   - keepsHostKeys: whether the user's ssh should know the host's key by itself.
  func plainly(
    _ target: Target, afterReload: Bool = false, changes: [ClientOption] = [], keepsHostKeys: Bool = false
  ) async throws -> Outcome {
    try await patiently(afterReload) { try await once(target, .plain(changes, keepsHostKeys: keepsHostKeys)) }
  }

  private func patiently(_ afterReload: Bool, _ login: () async throws -> Outcome) async throws -> Outcome {
    let end = ContinuousClock.now + Self.reloadPatience
    while true {
      let outcome = try await login()
      guard afterReload, case .connectionRefused? = outcome.error, ContinuousClock.now < end else { return outcome }
      do { try await Task.sleep(for: Self.retryPause) } catch { throw HostError.cancelled }
    }
  }

  private enum Way {
    case key(KeyInQuestion, publicLine: String?)
    case user
    case plain([ClientOption], keepsHostKeys: Bool)

    var settings: OpenSSHOptions.UserSettings {
      switch self {
      case .key: .none
      case .user: .forwards
      case .plain: .all
      }
    }
  }

  private func once(_ target: Target, _ way: Way) async throws -> Outcome {
    let place = ConnectionLedger.Place(target)
    let onWait = options.onWait
    do { try await ledger.admit(place, onWait: { onWait(target, $0) }) } catch { throw HostError.cancelled }
    var outcome: ConnectionLedger.Outcome = .unreached
    do {
      let result = try await attempt(target, way, place)
      outcome = result.isIn || result.otherKey != nil ? .authenticated : result.error?.ledgerOutcome ?? .failed
      await ledger.end(place, outcome)
      return result
    } catch {
      await ledger.end(place, outcome)
      throw error
    }
  }

  private func attempt(_ target: Target, _ way: Way, _ place: ConnectionLedger.Place) async throws -> Outcome {
    var options = self.options
    let asker = person.map { JumpHosts.Asker(secrets: $0, hostKeys: $0, ledger: ledger) }
    let jump: JumpLogin?
    do { jump = try await options.jumps.login(before: target, options, asker) } catch let error as HostError {
      guard error != .cancelled else { throw error }
      return Outcome(isIn: false, isAccepted: false, login: Login(), error: error, clientText: [], keyProblems: [])
    }
    options.take(jump)
    let directory = try PrivateDirectory()
    defer { directory.remove() }
    let nonce = FrameMark.randomToken()
    var key: KeyInQuestion?
    var unlocks = false
    var own: [String] = []
    switch way {
    case .user: own = Self.connectionOptions
    case .plain(let changes, _): own = changes.map { "\($0.keyword)=\($0.value)" } + Self.plainOptions
    case .key(let wanted, let publicLine):
      let file = Self.identity(wanted.path, publicLine, in: directory)
      unlocks = person != nil && PrivateKeyFile.isLocked(file)
      // ssh counts its prompts for a passphrase as prompts for a password; all methods with a password are off.
      own =
        (unlocks ? ["NumberOfPasswordPrompts=1"] : []) + Self.options(keepsAgent: PrivateKeyFile.needsAgent(file))
        + (await options.quickExchange(with: target))
      key = KeyInQuestion(path: file, fingerprints: wanted.fingerprints)
    }
    // The first value of an option is the one in effect.
    let questions = try questions(target, place, directory, unlocks: unlocks)
    defer { questions?.stop() }
    var isKeyAnswered = questions != nil && !options.hostKeys.isEmpty(at: place)
    if case .plain(_, keepsHostKeys: true) = way { isKeyAnswered = false }
    let hostKeyOptions =
      !isKeyAnswered
      ? [unlocks ? "BatchMode=no" : "BatchMode=yes"] : ["BatchMode=no", "StrictHostKeyChecking=ask"]
    var arguments = await options.base(target, log: directory.log, keeping: way.settings)
    arguments += (hostKeyOptions + own).flatMap { ["-o", $0] } + (key.map { ["-i", $0.path] } ?? [])
    arguments += options.destination(target) + [Self.command(answering: nonce)]
    var variables = questions == nil ? [:] : options.askpassEnvironment(socket: directory.askpassSocket)
    variables.merge(Dialer.environment(for: arguments)) { $1 }
    let process = ProofProcess(nonce: nonce)
    let asked = options
    let (end, printed) = await process.run(configuration(arguments, variables)) {
      SSHClientLog(directory.clientLog).isAuthenticated
    } look: {
      let log = ClientLogText(directory.clientText)
      return log.isAtAgent ? await asked.agentFault(for: target) : nil
    }
    if Task.isCancelled { throw HostError.cancelled }
    if options.isLeftUndialed(directory) { return try await attempt(target, way, place) }
    var outcome = Self.outcome(
      end, printed: printed, logBytes: directory.clientLog, nonce: nonce, target: target.description,
      key: key)
    if let fault = await process.fault { outcome.error = .client(fault) }
    outcome.askingJumps = jump?.asking ?? []
    return outcome
  }

  private func configuration(_ arguments: [String], _ variables: [Environment.Key: String?]) -> Configuration {
    Configuration(
      executable: LocalPrograms.find(options.program), arguments: Arguments(arguments),
      environment: .inherit.updating(variables), platformOptions: .client)
  }

  /// The argument of `-i`: the private half, else the public half, with which ssh asks the agent.
  private static func identity(_ path: String, _ publicLine: String?, in directory: PrivateDirectory) -> String {
    if LocalFile.isReadable(path) { return path }
    if LocalFile.isReadable(path + ".pub") { return path + ".pub" }
    guard let publicLine, LocalFile.create(directory.publicKey, Array((publicLine + "\n").utf8)) else { return path }
    return directory.publicKey
  }

  /// Accepts host keys met by this process's logins, shows messages, and asks the user for the jump hosts on the way.
  /// The target's questions stay unanswered: an answered login would prove nothing.
  ///
  /// - Parameter unlocks: whether the user is asked for the passphrase of the key in question.
  private func questions(
    _ target: Target, _ place: ConnectionLedger.Place, _ directory: PrivateDirectory, unlocks: Bool
  ) throws -> AskpassServer? {
    guard options.askpassProgram != nil, person != nil || !options.hostKeys.isEmpty(at: place) else { return nil }
    let (known, person) = (options.hostKeys, person)
    let way = person.map { person in
      LoginQuestions(
        target: target, secrets: person,
        hostKeys: RememberingHostKeys(known: known, place: place, other: person), plan: options.plan,
        logText: { directory.clientText }, client: { nil }, giveUp: {})
    }
    return try AskpassServer(path: directory.askpassSocket) { message in
      let log = ClientLogText(directory.clientText)
      if let way, log.isProxied, !log.isServersTurn { return await way.answer(message) }
      switch AskpassQuestion(message, isServersTurn: log.isServersTurn) {
      case .hostKey(_, _, let fingerprint):
        return known.contains(fingerprint, at: place) ? .answer(Array("yes".utf8)) : .none
      case .passphrase(let path) where unlocks:
        let passphrase = await person?.secret(for: .keyPassphrase(path: path), attempt: 1)
        return passphrase.map { .answer($0.reveal()) } ?? .none
      case .notice(let text):
        await person?.show(text, for: target.description)
        return .none
      default: return .none
      }
    }
  }

  /// A command with the nonce as its output, but only if run by a shell: a forced command that merely echoes input does
  /// not pass. In sh, csh and fish, two adjacent quoted words form a single word.
  static func command(answering nonce: String) -> String { "echo \"\(nonce.prefix(6))\"\"\(nonce.dropFirst(6))\"" }

  /// Reads the log and output of a login.
  ///
  /// The nonce proves, independently of ssh's wording, that the command ran on the host.
  static func outcome(
    _ end: ShellEnd, printed: [UInt8], logBytes: [UInt8], nonce: String, target: String, key: KeyInQuestion?
  ) -> Outcome {
    let failure = LoginFailure(logBytes: logBytes, target: target)
    let log = failure.log
    let isSeen = String(decoding: printed, as: UTF8.self).contains(nonce)
    // Neither another method nor another key would prove anything about a key in question: IdentitiesOnly does not
    // exclude the keys named in ssh's configuration.
    let otherKey = key.flatMap { key in log.key.flatMap { key.isThis($0) ? nil : $0.name } }
    let isIn = isSeen && log.isAuthenticated && (key == nil || log.key != nil && otherKey == nil)
    let isAccepted = log.accepted.contains { key?.isThis($0) ?? true }
    var error = isIn || otherKey != nil ? nil : failure.error(end)
    // The account's shell is not at fault: the user's configuration may ask for an option that the server refuses.
    if key == nil, log.isAuthenticated, !isIn { error = .client(failure.ownWords ?? end.noise) }
    // Said before the log begins.
    let missing = end.noise.trimmedLines.filter { $0.hasPrefix("Warning: Identity file ") }
    return Outcome(
      isIn: isIn, isSeen: isSeen, otherKey: otherKey, isAccepted: isAccepted, login: Login(log),
      offered: log.offered.map(\.fingerprint), error: error,
      clientText: missing + log.messages, keyProblems: log.keyProblems + log.agentFailures)
  }

  /// Options for a login with one key only. A live control master would answer without any authentication, and an agent
  /// would offer another key; the agent stays only if it alone can use the key.
  static func options(keepsAgent: Bool) -> [String] {
    connectionOptions + [
      "IdentitiesOnly=yes", "PreferredAuthentications=publickey", "PubkeyAuthentication=yes",
      "PasswordAuthentication=no", "KbdInteractiveAuthentication=no", "StrictHostKeyChecking=yes",
    ] + (keepsAgent ? [] : ["IdentityAgent=none"])
  }

  /// Options for a connection of its own, without questions for secrets.
  static let connectionOptions = ["ControlMaster=no", "ControlPath=none", "NumberOfPasswordPrompts=0"]

  /// Options of a login with all of the user's settings: no question, no process that stays, no command of the user's
  /// here, and host keys in the form in which they are remembered.
  private static let plainOptions = [
    "NumberOfPasswordPrompts=0", "ControlPersist=no", "PermitLocalCommand=no", "VisualHostKey=no",
    "FingerprintHash=sha256",
  ]
}
