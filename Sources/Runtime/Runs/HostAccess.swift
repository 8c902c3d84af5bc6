import Diagnosis
import Hosts

/// A run's access to hosts: this computer by a local shell, all others by the system's OpenSSH, with one budget of
/// logins for all.
package struct HostAccess: TransportFactory {
  private let person: any Person
  private let loginPerson: LoginPerson
  private let options: OpenSSHOptions
  private let ledger: ConnectionLedger
  private let platforms: [Platform]
  private let ahead: QuestionsAhead

  /// - Parameters:
  ///   - askpassProgram: a program that calls ``Askpass/main(prompt:socket:)``, started by `ssh` for prompts.
  ///   - dialer: makes ssh's connections; `nil` leaves them to ssh.
  ///   - platforms: the platforms for the login probe to recognise.
  ///   - isUnattended: whether there is no user who needs time to find and type a password.
  ///   - isPlan: whether logins leave no trace in this computer's files either.
  ///   - ledger: the budget of logins, to share by all runs of a process.
  package init(
    person: any Person, askpassProgram: String, dialer: Dialer? = nil, platforms: [Platform], isUnattended: Bool,
    isPlan: Bool = false, sink: any EventSink, ledger: ConnectionLedger = ConnectionLedger()
  ) {
    self.person = person
    loginPerson = LoginPerson(person)
    self.ledger = ledger
    var options = OpenSSHOptions()
    options.askpassProgram = askpassProgram
    options.dialer = dialer
    if isPlan { options.plan = PlanFiles() }
    options.memory = LoginMemory(folder: Journal.folderOfLogins, isReadOnly: isPlan)
    // The password of a jump host.
    if !isUnattended { options.proxyTimeout = .seconds(120) }
    options.greeting = Reader.greeting(for: platforms)
    self.platforms = platforms
    options.onWait = { target, duration in
      let reason = "a login more right now could get this computer banned there"
      sink.receive(.waiting(host: target.description, reason: reason, duration: duration))
    }
    self.options = options
    ahead = QuestionsAhead(options)
  }

  /// Ends the logins to jump hosts, and questions without an answer yet. To be called after the last run.
  package func close() async {
    await ahead.end()
    await options.jumps.close()
  }

  package func transport(for target: Target?, offers: @escaping @Sendable () -> [String]) -> any Transport {
    guard let target else { return LocalTransport(secrets: person, platforms: platforms) }
    var options = options
    options.offering = offers
    ahead.ask(for: target, options)
    return OpenSSHTransport(target, options: options, secrets: loginPerson, hostKeys: loginPerson, ledger: ledger)
  }

  package func agentSocket(for target: Target) async -> String? {
    await options.configs.config(of: target, options).agentSocket
  }

  package func changedThisComputer() async { await options.configs.forget() }

  package func freshLogin(to host: Host, with request: FreshLoginRequest) async throws -> FreshLoginResult {
    guard var target = host.target else { throw Failure(.argument, "a login to this computer itself proves nothing") }
    target.user = request.user ?? target.user
    if let address = request.address { (target.host, target.label) = (address, nil) }
    var options = options
    var ledger = ledger
    if let relocation = host.relocation, request.address == nil {
      target.port = relocation.port
      if request.port == nil { options.extra += relocation.options }
    }
    target.port = request.port ?? target.port
    if let own = host.target, request.address == nil { options.hostKeys.adopt(target, from: own) }
    options.extra += request.hostKeyName.map { ["HostKeyAlias=\($0)"] } ?? []
    if let command = request.proxyCommand {
      // The user's ProxyUseFdpass would expect a descriptor from a command of ours.
      options.extra += ["ProxyCommand=\(command)", "ProxyUseFdpass=no"]
      ledger = ConnectionLedger()
    }
    let login = FreshLogin(options: options, ledger: ledger, person: loginPerson)
    if request.isTheUsers { return try await login.asTheUser(target, request) }
    if request.hasKey {
      let outcome = try await login.prove(
        target, keyPath: request.keyPath, publicLine: request.publicLine, fingerprint: request.fingerprint,
        afterReload: request.afterReload)
      var result = FreshLoginResult(outcome, wanted: request.fingerprint ?? request.keyPath ?? "the key")
      if case .loginRefused? = result.error {
        let config = await options.configs.config(of: target, options)
        result.clientText += ["PubkeyAcceptedAlgorithms", "IdentityAgent", "PKCS11Provider"].compactMap(config.line)
      }
      return result
    }
    options.offering = { request.offers }
    // The facts are known already.
    options.greeting = nil
    if request.proxyCommand != nil {
      // The run's own connection encrypts the login to a rehearsal, which takes no second login.
      options.extra += await options.quickExchange(with: target)
      options.memory = nil
      let facts = host.knownFacts
      options.takesFirstScript = LoginMemory.suits(software: facts?.serverSoftware, shell: facts?.shell ?? "")
    }
    var result = try await anyLogin(to: target, options, ledger, afterReload: request.afterReload)
    // The private key is in an agent only: a login by another key would prove nothing.
    if result.isIn, let wanted = request.fingerprint, result.login.acceptedKey != wanted {
      let way = result.login.acceptedKey ?? result.login.method ?? "another way"
      result.refuse(way, not: wanted)
    }
    return result
  }

  /// A login by any way that works, on a new connection: whether the server still accepts logins.
  private func anyLogin(
    to target: Target, _ options: OpenSSHOptions, _ ledger: ConnectionLedger, afterReload: Bool
  ) async throws -> FreshLoginResult {
    let end = ContinuousClock.now + FreshLogin.reloadPatience
    while true {
      let transport = OpenSSHTransport(
        target, options: options, secrets: loginPerson, hostKeys: loginPerson, ledger: ledger)
      let result: FreshLoginResult
      do {
        result = FreshLoginResult(isIn: true, login: try await transport.login())
      } catch let error as HostError where error != .cancelled {
        result = FreshLoginResult(isIn: false, login: Login(), error: error)
      }
      await transport.close()
      // During a reload, sshd's port is closed for a moment.
      guard afterReload, case .connectionRefused? = result.error, ContinuousClock.now < end else { return result }
      try await Task.sleep(for: .milliseconds(30))
    }
  }
}
