import Synchronization

/// An event of a transport that a run reports.
package enum TransportEvent: Sendable {
  /// The first login to a host other than this computer; `platform` is the title of the platform recognised by the
  /// login probe.
  case loggedIn(method: String?, platform: String)
  /// A script is about to be sent.
  case sends(Script, as: Account)
}

/// A transport with reports of logins and scripts.
package struct ObservedTransport: Transport {
  private let transport: any Transport
  private let platforms: [Platform]
  private let observe: @Sendable (TransportEvent) -> Void
  private let firstLogin = FirstLogin()

  /// - Parameter observe: called before each script is sent, and after the first login.
  package init(
    _ transport: any Transport, platforms: [Platform], observe: @escaping @Sendable (TransportEvent) -> Void
  ) {
    self.transport = transport
    self.platforms = platforms
    self.observe = observe
  }

  private final class FirstLogin: Sendable {
    let isReported = Mutex(false)
  }

  package func run(_ script: Script, as account: Account) async throws -> Output {
    observe(.sends(script, as: account))
    return try await transport.run(script, as: account)
  }

  package func send(
    _ source: FileSource, to script: Script, token: String, _ body: @escaping @Sendable (String) async throws -> Output
  ) async throws -> SentFile? {
    observe(.sends(script, as: .login))
    return try await transport.send(source, to: script, token: token, body)
  }

  package func login() async throws -> Login {
    let login = try await transport.login()
    let isReported = firstLogin.isReported.withLock { isReported in
      defer { isReported = true }
      return isReported
    }
    // An unclear greeting is reported by the reader, which cannot go on without the facts.
    if !isReported, var facts = try? LoginProbe.parse(login.greeting.stdout).facts {
      facts.serverSoftware = login.serverSoftware ?? ""
      observe(.loggedIn(method: login.method, platform: Platform.fitting(facts, among: platforms).title))
    }
    return login
  }

  package var isThisProcess: Bool { transport.isThisProcess }
  package func controlSocketProxy() async throws -> ControlSocketProxy? { try await transport.controlSocketProxy() }
  package func becomeRootAgain() async throws { try await transport.becomeRootAgain() }
  package func terminalStaysOpen() async throws -> Bool { try await transport.terminalStaysOpen() }
  package func relocate(_ relocation: Relocation?) async { await transport.relocate(relocation) }
  package func close() async { await transport.close() }
}
