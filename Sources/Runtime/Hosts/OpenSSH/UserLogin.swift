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
    let outcome = try await login.asTheUser(target, afterReload: request.afterReload)
    var result = FreshLoginResult(outcome, wanted: "")
    guard !outcome.isIn, request.hasKey else { return result }
    let config = await ClientConfig.read(target, options: login.options)
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
    if !isOffered(outcome) {
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
