/// Runs scripts on a host with the system's own `ssh`: one login, one shell, and another shell for root when needed.
///
/// The login happens with the first script. After a lost connection, the next script logs in again.
package actor OpenSSHTransport: Transport {
  package nonisolated let target: Target
  private let options: OpenSSHOptions
  private var relocation: Relocation?
  private let secrets: any SecretSource
  private let hostKeys: any HostKeyDecider
  private let ledger: ConnectionLedger
  private typealias Connected = (OpenSSHConnection, OpenSSHConnection.Opened)
  private var connection: OpenSSHConnection?
  private var firstLogin: Login?
  /// Kept, since ssh's log is long.
  private var loginIsRoot = false
  /// Whether the agent's keys alone were too many for this server once.
  private var leavesOutAgent = false
  private var connecting: Task<Connected, any Error>?

  package init(
    _ target: Target, options: OpenSSHOptions = OpenSSHOptions(), secrets: any SecretSource,
    hostKeys: any HostKeyDecider, ledger: ConnectionLedger
  ) {
    self.target = target
    self.options = options
    self.secrets = secrets
    self.hostKeys = hostKeys
    self.ledger = ledger
  }

  package func run(_ script: Script, as account: Account) async throws -> Output {
    let connection = try await connected().connection
    guard account == .root, !loginIsRoot else { return try await connection.shell.run(script) }
    do { return try await connection.runAsRoot(script) } catch let error as HostError {
      if case .connectionLost = error {
        if script.endsShell { await giveUp(connection) } else { await Self.look(connection) }
      }
      throw error
    }
  }

  /// The last script of a run ends the account's shell meanwhile: this connection is of no use for a retry.
  private func giveUp(_ connection: OpenSSHConnection) async {
    if self.connection === connection { self.connection = nil }
    await connection.close()
  }

  package func send(
    _ source: FileSource, to script: Script, token: String, _ body: @escaping @Sendable (String) async throws -> Output
  ) async throws -> SentFile? {
    let connection = try await connected().connection
    let launch = connection.options.session(in: connection.directory)
    return try await DataChannel.send(source, through: launch, to: script, token: token, body)
  }

  /// Tests the connection with an empty script: root's shell may notice a loss before the login does, and a retry must
  /// not use the dead connection.
  private static func look(_ connection: OpenSSHConnection) async {
    _ = await Task { try? await connection.shell.run(Script("still there", ":", timeout: .seconds(15))) }.value
  }

  package func login() async throws -> Login { try await connected().login }

  package func controlSocketProxy() async throws -> ControlSocketProxy? {
    let connection = try await connected().connection
    return ControlSocketProxy(
      controlSocket: connection.directory.controlSocket, program: options.program,
      hostKeyName: connection.hostKeyName)
  }

  package func becomeRootAgain() async throws { try await connected().connection.becomeRootAgain() }

  package func terminalStaysOpen() async throws -> Bool { try await connected().connection.terminalStaysOpen() }

  package func relocate(_ relocation: Relocation?) { self.relocation = relocation }

  package func close() async {
    connecting?.cancel()
    if let opened = try? await connecting?.value { await opened.0.close() }
    await connection?.close()
    connection = nil
    connecting = nil
    if let firstLogin, let facts = try? LoginProbe.parse(firstLogin.greeting.stdout).facts {
      options.memory?.learn(target, software: firstLogin.serverSoftware, shell: facts.shell)
    }
  }

  private func connected() async throws -> (connection: OpenSSHConnection, login: Login) {
    if let connection, let firstLogin, await !connection.shell.isEnded { return (connection, firstLogin) }
    let task: Task<Connected, any Error>
    if let connecting {
      task = connecting
    } else {
      let old = connection
      connection = nil
      task = Task {
        await old?.close()
        return try await self.connect()
      }
      connecting = task
    }
    let result = await withTaskCancellationHandler {
      await task.result
    } onCancel: {
      task.cancel()
    }
    if connecting == task { connecting = nil }
    let (fresh, opened) = try result.get()
    connection = fresh
    firstLogin = opened.login
    loginIsRoot = opened.isRoot
    return (fresh, opened.login)
  }

  private func connect() async throws -> Connected {
    var (target, options) = (target, options)
    if let relocation {
      target.port = relocation.port
      options.extra = relocation.options + options.extra
    }
    do { return try await connectInTwo(target, options) } catch let error as HostError {
      guard error != .cancelled else { throw error }
      throw await error.quoting(options.configs.config(of: target, options))
    }
  }

  /// Logs in as the user's ssh would. If an agent's keys are too many for the server, logs in once more without the
  /// unnamed keys, so that the named keys, and a password, have their turn.
  private func connectInTwo(_ target: Target, _ options: OpenSSHOptions) async throws -> Connected {
    do {
      return try await connect(target, options, leavesOutAgent: leavesOutAgent)
    } catch HostError.tooManyAuthenticationFailures where !leavesOutAgent {
      do {
        let result = try await connect(target, options, leavesOutAgent: true)
        leavesOutAgent = true
        return result
      } catch HostError.loginRefused(let refusal) where !refusal.isPasswordTried {
        throw HostError.tooManyAuthenticationFailures
      }
    }
  }

  private func connect(_ target: Target, _ options: OpenSSHOptions, leavesOutAgent: Bool) async throws -> Connected {
    do { return try await attempt(target, options, leavesOutAgent: leavesOutAgent) } catch is Misled {
      options.memory?.refuse(target)
      var options = options
      options.memory = nil
      return try await attempt(target, options, leavesOutAgent: leavesOutAgent)
    } catch is Undialed {
      return try await connect(target, options, leavesOutAgent: leavesOutAgent)
    }
  }

  /// ssh got no connection from the dialer, which is left out from now on.
  private struct Undialed: Error {}

  /// The login has worked, but not its first script, which was in the login's command: the account's shell may be
  /// another one by now.
  private struct Misled: Error {}

  private func attempt(_ target: Target, _ options: OpenSSHOptions, leavesOutAgent: Bool) async throws -> Connected {
    let place = ConnectionLedger.Place(target)
    let asker = JumpHosts.Asker(secrets: secrets, hostKeys: hostKeys, ledger: ledger)
    let way = try await options.jumps.login(before: target, options, asker)
    var over = options
    over.take(way)
    do {
      let onWait = options.onWait
      try await ledger.admit(place) { onWait(target, $0) }
    } catch { throw HostError.cancelled }
    do {
      let hostKeys = RememberingHostKeys(known: options.hostKeys, place: place, other: hostKeys)
      let fresh = try await OpenSSHConnection(
        target, options: over, leavesOutAgent: leavesOutAgent, secrets: secrets, hostKeys: hostKeys)
      do {
        let opened = try await fresh.open()
        await ledger.end(place, .authenticated)
        if let key = opened.login.hostKey { options.hostKeys.remember(key, at: place) }
        return (fresh, opened)
      } catch {
        let isMisled = options.memory?.knows(target) == true && fresh.isAuthenticated && !Task.isCancelled
        let isUndialed = !isMisled && !Task.isCancelled && fresh.isUndialed
        await fresh.close()
        if isMisled { throw Misled() }
        if isUndialed { throw Undialed() }
        throw error
      }
    } catch let error as Misled {
      await ledger.end(place, .authenticated)
      throw error
    } catch let error as Undialed {
      await ledger.end(place, .unreached)
      throw error
    } catch {
      guard let failure = error as? HostError else {
        await ledger.end(place, .failed)
        throw error
      }
      let explained = if let way { way.explained(failure, at: await options.goal(target)) } else { failure }
      await ledger.end(place, explained.ledgerOutcome)
      throw explained
    }
  }
}
