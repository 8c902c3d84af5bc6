/// A login made as a proof.
package struct FreshLoginRequest: Sendable, Hashable {
  /// The private key's path on this computer; `nil` to log in by any way that works, as the run did, only to see
  /// whether the server still accepts logins.
  package var keyPath: String?
  /// The public half of a key held only by an agent.
  package var publicLine: String?
  package var fingerprint: String?
  package var port: Int?
  package var user: String?
  package var address: String?
  /// Whether to retry refused connections for ``FreshLogin/reloadPatience``, because the server was reloaded just now.
  package var afterReload: Bool
  /// See ``ControlSocketProxy/hostKeyName``.
  package var hostKeyName: String?
  /// The `ProxyCommand` to another server than the host's own: see ``Rehearsal``. The host's own server never sees this
  /// login, so it counts towards no limit there.
  package var proxyCommand: String?
  /// Private keys to offer first in a login without `keyPath`; set by the run.
  package var offers: [String] = []
  /// Whether to log in as the user will, with their own configuration, agent and order of keys; the key is then the one
  /// that ssh is expected to offer.
  package var isTheUsers = false

  /// Whether the login is to prove a key.
  package var hasKey: Bool { keyPath != nil || publicLine != nil }

  package init(
    keyPath: String?, publicLine: String? = nil, fingerprint: String? = nil, port: Int? = nil,
    user: String? = nil, address: String? = nil, afterReload: Bool = false, hostKeyName: String? = nil,
    proxyCommand: String? = nil
  ) {
    self.keyPath = keyPath
    self.publicLine = publicLine
    self.fingerprint = fingerprint
    self.port = port
    self.user = user
    self.address = address
    self.afterReload = afterReload
    self.hostKeyName = hostKeyName
    self.proxyCommand = proxyCommand
  }

  /// Whether the login is to the host's own account and sshd, as users log in.
  package var isToTheHostItself: Bool { user == nil && address == nil && proxyCommand == nil }
}

/// The result of a fresh login.
package struct FreshLoginResult: Sendable, Hashable {
  /// Whether the login reached a shell and ran our command.
  package var isIn: Bool
  /// Whether the login worked, but sessions with a terminal end at once.
  package var endsTerminals = false
  /// Details of the login.
  package var login: Login
  /// The reason for a failure, if ssh gave one.
  package var error: HostError?
  /// The last lines of ssh's output.
  package var clientText: [String]
  /// The way by which the server accepted a login without the key in question, in a sentence.
  package var otherWay: String?
  /// The lines of the user's configuration that are in the way of their own login.
  package var obstacles: [String] = []
  /// The line of the user's configuration with their own command for sessions.
  package var ownCommand: String?
  /// The lines of the user's configuration that keep the session from a login accepted by the server.
  package var sessionBlockers: [String]?
  /// The jump hosts on the way that ask the user's own ssh for more than a key.
  package var askingJumps: [String] = []
  /// Options for the host in `~/.ssh/config` with which the user's own login was seen to work.
  package var remedy: [ClientOption] = []

  package init(isIn: Bool, login: Login, error: HostError? = nil, clientText: [String] = []) {
    self.isIn = isIn
    self.login = login
    self.error = error
    self.clientText = clientText
  }

  /// The result of a login with one key.
  ///
  /// - Parameter wanted: the key's name for the user.
  package init(_ outcome: FreshLogin.Outcome, wanted: String) {
    self.init(
      isIn: outcome.isIn, login: outcome.login, error: outcome.error,
      clientText: outcome.clientText + outcome.keyProblems)
    askingJumps = outcome.askingJumps
    if let other = outcome.otherKey { refuse(other, not: wanted) }
  }

  /// Marks a successful login without value as a proof.
  package mutating func refuse(_ way: String, not wanted: String) {
    let sentence = "the server let us in by \(way), not with \(wanted)"
    isIn = false
    otherWay = sentence
    clientText.append(sentence)
  }
}
