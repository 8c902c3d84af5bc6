import Diagnosis

extension FreshLogin {
  /// A login as the user will make it, with the lines of the user's configuration that prevent the login.
  ///
  /// - Throws: ``HostError/cancelled``.
  package func asTheUser(_ target: Target, _ request: FreshLoginRequest) async throws -> FreshLoginResult {
    try await UserLogin(login: self, target: target, request: request)()
  }
}

/// The user's login after the run, and the missing parts of the user's configuration.
struct UserLogin {
  let login: FreshLogin
  let target: Target
  /// The login's request, with the key that ssh is expected to offer.
  let request: FreshLoginRequest

  func callAsFunction() async throws -> FreshLoginResult {
    let config = await login.options.configs.config(of: target, login.options)
    var blockers = SessionBlocker.known(in: config)
    var plain: FreshLogin.Outcome?
    if blockers.isEmpty, config.ownCommand == nil {
      let outcome = try await login.plainly(
        target, afterReload: request.afterReload, keepsHostKeys: config.keepsHostKeys)
      if outcome.isIn { return FreshLoginResult(outcome, wanted: "") }
      plain = outcome
    }
    let outcome = try await authentication(after: plain)
    guard outcome.isIn else { return try await refused(outcome, config) }
    if blockers.isEmpty, let command = config.ownCommand {
      // Only the login is tried: the command is the user's, and may do anything.
      var result = FreshLoginResult(outcome, wanted: "")
      result.ownCommand = command
      return result
    }
    if plain?.isSeen == true { return FreshLoginResult(outcome, wanted: "") }
    if let plain, case .hostKeyUnknown? = plain.error {
      var result = FreshLoginResult(outcome, wanted: "")
      (result.isIn, result.error) = (false, plain.error)
      result.obstacles = [config["UserKnownHostsFile"] ?? "~/.ssh/known_hosts"]
      return result
    }
    if let plain { blockers = try await self.blockers(config, plain) }
    return try await blocked(outcome, by: blockers, config, plain)
  }

  /// The login without the user's settings of sessions, if the login with them has not shown whether the key is accepted.
  private func authentication(after plain: FreshLogin.Outcome?) async throws -> FreshLogin.Outcome {
    switch plain?.error {
    case .loginRefused?, .tooManyAuthenticationFailures?: if let plain { return plain }
    case .client(let text)? where text.contains(Cause.agentHungSign): if let plain { return plain }
    default: break
    }
    return try await login.asTheUser(target, afterReload: request.afterReload)
  }

  /// The server accepts the user's login, and their own configuration keeps the session from them.
  private func blocked(
    _ outcome: FreshLogin.Outcome, by blockers: [SessionBlocker], _ config: ClientConfig,
    _ plain: FreshLogin.Outcome?
  ) async throws -> FreshLoginResult {
    var result = FreshLoginResult(outcome, wanted: "")
    result.isIn = false
    result.sessionBlockers = blockers.compactMap { blocker in
      config.line(of: blocker.option.keyword).map { "\($0)" + (blocker.effect.map { " (\($0))" } ?? "") }
    }
    if case .client(let text)? = plain?.error { result.clientText = text.trimmedLines }
    let options = blockers.map(\.option)
    guard !options.isEmpty else { return result }
    if try await login.plainly(target, changes: options).isSeen { result.remedy = options }
    return result
  }

  /// The settings without which the user's login works: one alone, or else all that could matter.
  private func blockers(_ config: ClientConfig, _ plain: FreshLogin.Outcome) async throws -> [SessionBlocker] {
    let set = SessionBlocker.possible(in: config)
    for blocker in set where set.count > 1 {
      if try await login.plainly(target, changes: [blocker.option]).isSeen { return [blocker] }
    }
    return set
  }

  private func refused(_ outcome: FreshLogin.Outcome, _ config: ClientConfig) async throws -> FreshLoginResult {
    var result = FreshLoginResult(outcome, wanted: "")
    guard request.hasKey else { return result }
    let remedy = remedy(after: outcome, config)
    result.obstacles = obstacles(after: outcome, config)
    guard !remedy.isEmpty else { return result }
    var changed = login
    changed.options.extra = remedy.map { "\($0.keyword)=\($0.value)" } + login.options.extra
    if try await changed.asTheUser(target).isIn { result.remedy = remedy }
    return result
  }

  private func isTooMany(_ outcome: FreshLogin.Outcome) -> Bool { outcome.error == .tooManyAuthenticationFailures }

  private func isOffered(_ outcome: FreshLogin.Outcome) -> Bool {
    request.fingerprint.map(outcome.offered.contains) ?? false
  }

  private func obstacles(after outcome: FreshLogin.Outcome, _ config: ClientConfig) -> [String] {
    var keywords: [String] = []
    if config.isOff("PubkeyAuthentication") { keywords.append("PubkeyAuthentication") }
    if preference(config) != nil { keywords.append("PreferredAuthentications") }
    // An offered key that the server would take, and ssh cannot use: a `.pub` file alone, or bad modes.
    if !isOffered(outcome) || outcome.isAccepted {
      keywords += ["IdentitiesOnly", "IdentityFile", "IdentityAgent", "PubkeyAcceptedAlgorithms"]
    }
    return keywords.compactMap(config.line)
  }

  private func remedy(after outcome: FreshLogin.Outcome, _ config: ClientConfig) -> [ClientOption] {
    var options: [ClientOption] = []
    if config.isOff("PubkeyAuthentication") { options.append(ClientOption("PubkeyAuthentication", "yes")) }
    if let order = preference(config) { options.append(ClientOption("PreferredAuthentications", "publickey,\(order)")) }
    guard let file = request.keyPath.map(Self.file), isTooMany(outcome) || !isNamed(file, config) else {
      return options
    }
    options.append(ClientOption("IdentityFile", path: Self.short(file)))
    // With a line of its own, ssh no longer tries its default keys, which another account of the host may need.
    if config.line(of: "IdentityFile") == nil {
      let others = DefaultKeys.existing.filter { $0 != file }
      options += others.map { ClientOption("IdentityFile", path: Self.short($0)) }
    }
    if isTooMany(outcome) { options.append(ClientOption("IdentitiesOnly", "yes")) }
    return options
  }

  /// The user's order of methods, if keys are not in it.
  private func preference(_ config: ClientConfig) -> String? {
    guard let order = config["preferredauthentications"], config.line(of: "PreferredAuthentications") != nil,
      !order.split(separator: ",").contains("publickey")
    else { return nil }
    return order
  }

  /// Whether ssh tries the file by itself.
  private func isNamed(_ file: String, _ config: ClientConfig) -> Bool {
    (config.values["identityfile"] ?? []).contains { $0 == file || $0 == Self.short(file) }
  }

  /// The file for `IdentityFile`: the public half, where the private one is only in an agent.
  private static func file(_ path: String) -> String {
    !LocalFile.isReadable(path) && LocalFile.isReadable(path + ".pub") ? path + ".pub" : path
  }

  /// `~/.ssh/id` for a file below the home.
  private static func short(_ path: String) -> String {
    guard let home = Effective.home, path.hasPrefix(home + "/") else { return path }
    return "~" + path.dropFirst(home.count)
  }
}
