/// A login that shall prove something.
package struct FreshLoginRequest: Sendable, Hashable {
  /// The private key's path on this computer; `nil`: log in as the run does (any way that worked before), to see
  /// whether the server still lets people in.
  package var keyPath: String?
  package var fingerprint: String?
  package var port: Int?
  package var user: String?
  package var address: String?
  /// Whether connections that are refused may be tried again for 2 seconds, because the server was reloaded just now.
  package var afterReload: Bool
  /// See ``ControlSocketProxy/hostKeyName``.
  package var hostKeyName: String?
  /// The `ProxyCommand` that leads to another server than the host's own: see ``Rehearsal``. It is no login that the
  /// host's own server could count.
  package var proxyCommand: String?

  package init(
    keyPath: String?, fingerprint: String? = nil, port: Int? = nil, user: String? = nil, address: String? = nil,
    afterReload: Bool = false, hostKeyName: String? = nil, proxyCommand: String? = nil
  ) {
    self.keyPath = keyPath
    self.fingerprint = fingerprint
    self.port = port
    self.user = user
    self.address = address
    self.afterReload = afterReload
    self.hostKeyName = hostKeyName
    self.proxyCommand = proxyCommand
  }
}

/// What such a login showed.
package struct FreshLoginResult: Sendable, Hashable {
  /// Whether the login ended in a shell that ran our command.
  package var isIn: Bool
  /// How; see ``Login``.
  package var login: Login
  /// Why not, as ``HostError`` where ssh said so.
  package var error: HostError?
  /// The last lines that ssh wrote.
  package var clientText: [String]
  /// By what else the server let us in, where it was not the key in question, in a sentence.
  package var otherWay: String?

  package init(isIn: Bool, login: Login, error: HostError? = nil, clientText: [String] = []) {
    self.isIn = isIn
    self.login = login
    self.error = error
    self.clientText = clientText
  }

  /// What a login with one key showed.
  ///
  /// - Parameter wanted: the key, as people know it.
  package init(_ outcome: FreshLogin.Outcome, wanted: String) {
    self.init(
      isIn: outcome.isIn, login: outcome.login, error: outcome.error,
      clientText: outcome.clientText + outcome.keyProblems)
    if let other = outcome.otherKey { refuse(other, not: wanted) }
  }

  /// A login that worked, and proves nothing.
  package mutating func refuse(_ way: String, not wanted: String) {
    let sentence = "the server let us in by \(way), not with \(wanted)"
    isIn = false
    otherWay = sentence
    clientText.append(sentence)
  }
}
