/// Answers the questions of `ssh` during one login, and remembers those left unanswered.
///
/// The asker decides where a secret goes: the account's password goes only to the target's own server, for the server's
/// own prompt. A jump host, another proxy, and every other question of the server need separate answers.
actor LoginQuestions {
  /// The answers given in this login, as evidence of a refusal.
  struct Answers: Sendable, Hashable {
    var isPasswordTried = false
    /// The last lines of the server's other questions.
    var questions: [String] = []
    /// Whether the server asked again after an answer, and got none.
    var isRefused = false
    var isJumpPasswordTried = false
    /// Whether the server had ended the connection before an answer.
    var isTooLate = false

    var areGiven: Bool { isPasswordTried || !questions.isEmpty }
  }

  /// The beginning of the login, and the last answer; before any answer, both are the same.
  struct Times: Sendable {
    var start = ContinuousClock.now
    var lastAnswer = ContinuousClock.now

    func seconds(since moment: KeyPath<Times, ContinuousClock.Instant>) -> Int {
      Int(self[keyPath: moment].duration(to: .now).components.seconds)
    }
  }

  private struct Asked {
    var attempt = 0
    var refusals = 0
    var methods = 0
  }

  private let target: Target
  private let secrets: any SecretSource
  private let hostKeys: any HostKeyDecider
  private let plan: PlanFiles?
  private let logText: @Sendable () -> String
  /// The process of our own `ssh`.
  private let client: @Sendable () async -> Int32?
  /// Called when going on would only cause another failed login.
  private let giveUp: @Sendable () async -> Void
  private var asked: [SecretRequest: Asked] = [:]
  /// A key accepted by the server, without its passphrase.
  private var lockedKey: SecretRequest?
  private(set) var failure: HostError?
  private(set) var answers = Answers()
  private(set) var open = 0
  private(set) var times = Times()

  init(
    target: Target, secrets: any SecretSource, hostKeys: any HostKeyDecider, plan: PlanFiles? = nil,
    logText: @escaping @Sendable () -> String, client: @escaping @Sendable () async -> Int32?,
    giveUp: @escaping @Sendable () async -> Void
  ) {
    self.target = target
    self.secrets = secrets
    self.hostKeys = hostKeys
    self.plan = plan
    self.logText = logText
    self.client = client
    self.giveUp = giveUp
  }

  func answer(_ message: AskpassMessage) async -> AskpassReply {
    open += 1
    defer {
      open -= 1
      times.lastAnswer = .now
    }
    let reply = await reply(to: message)
    if let process = await client(), ClientConnection.isClosedByServer(of: process) { answers.isTooLate = true }
    return reply
  }

  private func reply(to message: AskpassMessage) async -> AskpassReply {
    let log = ClientLogText(logText())
    let isOurs = await isOurs(message.asker, log)
    switch AskpassQuestion(message, isServersTurn: isOurs && log.isServersTurn) {
    case .notice(let text):
      await secrets.show(text, for: target.description)
      return .none
    case .confirmation(let text):
      return await secrets.confirms(text, for: target.description) ? .answer(Array("yes".utf8)) : .none
    case .passphrase(let path):
      if let secret = await secret(.keyPassphrase(path: path)) { return .answer(secret.reveal()) }
      // Without an answer, ssh goes on to the next key.
      if isOurs, log.accepts(key: path) { lockedKey = .keyPassphrase(path: path) }
      return .none
    case .hostKey(let host, let keyType, let fingerprint):
      if !isOurs, let plan, await !plan.keepsKeys(ofProxy: log) {
        return refuseKey(of: String(host.prefix { $0 != " " }), fingerprint)
      }
      let isAccepted = await hostKeys.accept(
        target: isOurs ? name(ofHost: host, log) : "\(host.prefix { $0 != " " }) on the way to \(target)",
        keyType: keyType, fingerprint: fingerprint)
      return .answer(Array((isAccepted ? "yes" : "no").utf8))
    case .server(let account, let text):
      return isOurs ? await ofServer(account, text, log) : await ofProxy(account, text)
    }
  }

  /// Whether our own `ssh` asks, and not that of a jump host. Without a proxy there is no other, although a wrapper in
  /// place of `ssh` may stand between the two.
  private func isOurs(_ asker: Int32, _ log: ClientLogText) async -> Bool {
    if let client = await client(), client == asker { return true }
    return !log.isProxied
  }

  /// The error of a refused login, or the fault of a key that the server accepts.
  func explained(_ error: HostError) -> HostError {
    guard case .loginRefused(let refusal) = error, !refusal.isPasswordTried, refusal.partialSuccesses.isEmpty else {
      return error
    }
    return faultOfKey(ClientLogText(logText())) ?? error
  }

  /// The reason on this side why a key that the server accepts did not log in.
  private func faultOfKey(_ log: ClientLogText) -> HostError? {
    lockedKey.map { .secretNeeded($0) } ?? log.faultOfAcceptedKey.map { .keyUnusable($0) }
  }

  // MARK: The target's server

  private func ofServer(_ account: String?, _ text: String, _ log: ClientLogText) async -> AskpassReply {
    let names = log.accountNames
    // A server can write any text, also another account's name.
    let isOfAccount = names.isEmpty || account.map(names.contains) ?? true
    let user = log.account?.user ?? target.user
    let prompt = isOfAccount ? PasswordPrompt(text, user: user, accounts: names) : .otherPassword
    let name = target.label ?? Target(user: user, host: target.host, port: target.port).description
    var request = SecretRequest.serverQuestion(target: name, text: text, isPassword: prompt == .otherPassword)
    if prompt == .loginPassword {
      let login = SecretRequest.loginPassword(target: name)
      let another = SecretRequest.serverQuestion(target: name, text: Self.another(text), isPassword: true)
      request = isAnother(login, log) ? another : login
    }
    if let secret = await secret(request, log) {
      if case .loginPassword = request {
        answers.isPasswordTried = true
      } else {
        answers.questions.append(Self.line(of: text))
      }
      return .answer(secret.reveal())
    }
    if asked[request]?.attempt == 1 {
      // To mend the key is the shorter way in.
      let fault = request == .loginPassword(target: name) ? faultOfKey(log) : nil
      failure = fault ?? .secretNeeded(request)
    } else {
      answers.isRefused = true
    }
    await giveUp()
    return .giveUp
  }

  /// Whether the server has neither refused the password nor gone on to another method: a second module of PAM asks,
  /// and only the user can tell whether for the same password.
  private func isAnother(_ login: SecretRequest, _ log: ClientLogText) -> Bool {
    guard let before = asked[login], before.attempt > 0 else { return false }
    return before.refusals == log.refusals && before.methods == log.methods
  }

  private static func another(_ text: String) -> String {
    let lines = text.split(whereSeparator: \.isNewline).dropLast().map(String.init)
    return (lines + [PasswordPrompt.another]).joined(separator: "\n")
  }

  private static func line(of text: String) -> String {
    text.split(whereSeparator: \.isNewline).last.map(String.init) ?? ""
  }

  // MARK: Jump hosts and other proxies

  private func ofProxy(_ account: String?, _ text: String) async -> AskpassReply {
    let user = account.flatMap { account in account.lastIndex(of: "@").map { String(account[..<$0]) } }
    let isPassword = PasswordPrompt(text, user: user, accounts: [account].compactMap(\.self)) == .loginPassword
    let request: SecretRequest =
      if let account, isPassword {
        .jumpPassword(account: account, target: target.description)
      } else {
        .proxyQuestion(account: account, text: text, target: target.description)
      }
    if let secret = await secret(request) {
      answers.isJumpPasswordTried = answers.isJumpPasswordTried || isPassword
      return .answer(secret.reveal())
    }
    failure =
      if asked[request]?.attempt == 1 {
        .secretNeeded(request)
      } else {
        .jumpHost(account ?? "the jump host", .loginRefused(LoginRefusal(methods: [], isPasswordTried: isPassword)))
      }
    await giveUp()
    return .giveUp
  }

  /// The `ssh` of a ProxyCommand takes no option from a plan, and would write an accepted key to `known_hosts`.
  private func refuseKey(of host: String, _ fingerprint: String) -> AskpassReply {
    failure = .jumpHost(
      host,
      .client(
        "its key \(fingerprint) is not known, and a plan adds nothing to known_hosts: accept the key first, with ssh "
          + host))
    return .answer(Array("no".utf8))
  }

  // MARK: Attempts

  /// - Parameter log: the log of a login in which a new method may ask for the same password; `nil` if every repetition
  ///   means a wrong previous answer.
  private func secret(_ request: SecretRequest, _ log: ClientLogText? = nil) async -> Secret? {
    var state = asked[request] ?? Asked()
    // The same number of refusals, and another method: the password was right, and is wanted once more.
    if let log, case .loginPassword = request, state.attempt > 0, log.refusals == state.refusals {
      state.attempt -= 1
    }
    state = Asked(attempt: state.attempt + 1, refusals: log?.refusals ?? 0, methods: log?.methods ?? 0)
    asked[request] = state
    guard state.attempt <= 3 else { return nil }
    return await secrets.secret(for: request, attempt: state.attempt)
  }

  /// `[127.0.0.1]:2222 ([127.0.0.1]:2222)`, `name (address)`, or `name (<no hostip for proxy command>)`.
  private func name(ofHost shown: String, _ log: ClientLogText) -> String {
    guard let ours = log.connectedTo, !shown.contains(ours), !shown.contains("<no hostip ") else {
      return target.description
    }
    return String(shown.prefix { $0 != " " })
  }
}
