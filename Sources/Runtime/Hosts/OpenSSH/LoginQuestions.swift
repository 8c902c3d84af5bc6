/// Answers the questions of `ssh` during one login, and remembers those left unanswered.
actor LoginQuestions {
  private let target: Target
  private let secrets: any SecretSource
  private let hostKeys: any HostKeyDecider
  private let logText: @Sendable () -> String
  /// Called when going on would only cause another failed login.
  private let giveUp: @Sendable () async -> Void
  private var attempts: [SecretRequest: Int] = [:]
  private(set) var failure: HostError?
  private(set) var wasPasswordTried = false
  private(set) var open = 0

  init(
    target: Target, secrets: any SecretSource, hostKeys: any HostKeyDecider,
    logText: @escaping @Sendable () -> String, giveUp: @escaping @Sendable () async -> Void
  ) {
    self.target = target
    self.secrets = secrets
    self.hostKeys = hostKeys
    self.logText = logText
    self.giveUp = giveUp
  }

  func answer(_ prompt: String) async -> [UInt8]? {
    open += 1
    defer { open -= 1 }
    switch AskpassQuestion(prompt: prompt) {
    case .password(let account):
      return await password(of: account)
    case .passphrase(let path):
      // Without an answer, ssh goes on to the next key.
      return await secret(.keyPassphrase(path: path))?.reveal()
    case .hostKey(let host, let keyType, let fingerprint):
      let isAccepted = await hostKeys.accept(
        target: name(ofHost: host), keyType: keyType, fingerprint: fingerprint)
      return Array((isAccepted ? "yes" : "no").utf8)
    case .other(let text):
      failure = .client("the server asks \"\(text)\", which ssh-recipes does not answer")
      await giveUp()
      return nil
    }
  }

  private func password(of account: String?) async -> [UInt8]? {
    let request = SecretRequest.loginPassword(target: name(ofAccount: account))
    if let secret = await secret(request) {
      wasPasswordTried = true
      return secret.reveal()
    }
    // Otherwise ssh would send an empty password, and the server would count the failure.
    if attempts[request] == 1 { failure = .secretNeeded(request) }
    await giveUp()
    return nil
  }

  private func secret(_ request: SecretRequest) async -> Secret? {
    let attempt = (attempts[request] ?? 0) + 1
    attempts[request] = attempt
    guard attempt <= 3 else { return nil }
    return await secrets.secret(for: request, attempt: attempt)
  }

  /// The user's own name for the target; ssh's name for a jump host on the way.
  private func name(ofAccount account: String?) -> String {
    let ours = ClientLogText(logText()).account
    guard let account, let ours, account != "\(ours.user)@\(ours.host)" else {
      let user = target.user ?? ours?.user
      return Target(user: user, host: target.host, port: target.port).description
    }
    return account
  }

  /// `[127.0.0.1]:2222 ([127.0.0.1]:2222)` or `name (address)`.
  private func name(ofHost shown: String) -> String {
    let ours = ClientLogText(logText()).connectedTo
    guard let ours, !shown.contains(ours) else { return target.description }
    return String(shown.prefix { $0 != " " })
  }
}

/// Facts read from the output of `ssh -v` before the login is complete.
struct ClientLogText {
  let lines: [Substring]

  init(_ text: String) { lines = text.split(whereSeparator: \.isNewline) }

  /// The account of the login in the log.
  var account: (user: String, host: String)? {
    for line in lines where line.hasPrefix("debug1: Authenticating to ") {
      let text = String(line)
      guard let place = text.inside("Authenticating to ", " as '"), let user = text.inside(" as '", "'"),
        let colon = place.lastIndex(of: ":")
      else { continue }
      return (user, String(place[..<colon]))
    }
    return nil
  }

  /// The address of the connection; `nil` behind a proxy.
  var connectedTo: String? {
    for line in lines where line.hasPrefix("debug1: Connecting to ") {
      return String(line).inside("[", "]")
    }
    return nil
  }
}
