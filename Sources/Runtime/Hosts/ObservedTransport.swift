import Synchronization

/// Lets a run tell of its logins, and of every script where that was asked for.
struct ObservedTransport: Transport {
  let name: String
  let transport: any Transport
  let platforms: [Platform]
  let sink: any EventSink
  let isDebug: Bool
  let isHere: Bool
  private let told = Told()

  init(
    name: String, transport: any Transport, platforms: [Platform], sink: any EventSink, isDebug: Bool, isHere: Bool
  ) {
    self.name = name
    self.transport = transport
    self.platforms = platforms
    self.sink = sink
    self.isDebug = isDebug
    self.isHere = isHere
  }

  private final class Told: Sendable {
    let isTold = Mutex(false)
  }

  func run(_ script: Script, as account: Account) async throws -> Output {
    if isDebug {
      sink.receive(
        .script(
          host: name, account: account == .root ? "root" : "login", name: script.name,
          text: script.text + script.arguments.enumerated().map { "# $\($0 + 1) = \($1)\n" }.joined()))
    }
    return try await transport.run(script, as: account)
  }

  func login() async throws -> Login {
    let login = try await transport.login()
    let isFirst = told.isTold.withLock { told in
      defer { told = true }
      return !told
    }
    if isFirst, !isHere {
      var facts = LoginProbe.parse(login.greeting.stdout).facts
      facts.serverSoftware = login.serverSoftware ?? ""
      let platform = Platform.fitting(facts, among: platforms).title
      sink.receive(.connected(host: name, method: login.method, platform: platform))
    }
    return login
  }

  func passage() async throws -> ControlSocketProxy? { try await transport.passage() }
  func relocate(_ relocation: Relocation?) async { await transport.relocate(relocation) }
  func close() async { await transport.close() }
}
