import Subprocess

/// Runs scripts on this computer, through the same framed shell as on remote hosts.
package actor LocalTransport: Transport {
  private let secrets: any SecretSource
  private let greeting: Script?
  private let probe: LocalProbe?
  private let isRoot: Bool
  private let launch: ShellLaunch
  private var shell: FramedShell?
  private var rootShell: RootShell?
  private var loggedIn: Login?

  /// - Parameters:
  ///   - secrets: supplies the password for `sudo`.
  ///   - greeting: the script that ``login()`` runs.
  ///   - home: replaces the account's own home directory.
  ///   - probe: answers in place of the greeting, if it can.
  init(secrets: any SecretSource, greeting: Script? = nil, home: String? = nil, probe: LocalProbe?) {
    var launch = ShellLaunch.local
    if let home { launch.environment["HOME"] = home }
    self.launch = launch
    self.secrets = secrets
    self.greeting = greeting
    self.probe = probe
    isRoot = Effective.userIsRoot
  }

  package init(secrets: any SecretSource, greeting: Script? = nil, home: String? = nil) {
    self.init(secrets: secrets, greeting: greeting, home: home, probe: nil)
  }

  /// This computer, for the platforms to recognise.
  package init(secrets: any SecretSource, platforms: [Platform]) {
    self.init(
      secrets: secrets, greeting: Reader.greeting(for: platforms, configuration: false),
      probe: LoginProbe.local(markers: Reader.markers(of: platforms), commands: Reader.commands(of: platforms)))
  }

  package nonisolated var isThisProcess: Bool { probe != nil }

  package func run(_ script: Script, as account: Account) async throws -> Output {
    if account == .root, !isRoot { return try await root().run(script) }
    return try await open().run(script)
  }

  package func send(
    _ source: FileSource, to script: Script, token: String, _ body: @escaping @Sendable (String) async throws -> Output
  ) async throws -> SentFile? {
    try await DataChannel.send(source, through: launch, to: script, token: token, body)
  }

  package func login() async throws -> Login {
    if let loggedIn { return loggedIn }
    var login = Login()
    if let records = probe?.records() {
      login.greeting = Output(stdout: records)
    } else if let greeting {
      login.greeting = try await open().run(greeting)
    }
    loggedIn = login
    return login
  }

  package func close() async {
    await rootShell?.close()
    await shell?.close()
    rootShell = nil
    shell = nil
  }

  private func open() async -> FramedShell {
    if let shell, await !shell.isEnded { return shell }
    let fresh = FramedShell(launch, owner: Self.owner)
    shell = fresh
    return fresh
  }

  private func root() -> RootShell {
    if let rootShell { return rootShell }
    let fresh = RootShell(
      target: "this computer", secrets: secrets,
      launch: { command, _ in
        ShellLaunch(executable: LocalPrograms.find("sh"), arguments: ["-c", command.script, "sh"] + command.arguments)
      },
      canHaveTerminal: false,
      lost: { .connectionLost("root's shell on this computer ended") })
    rootShell = fresh
    return fresh
  }

  static let owner = FramedShell.Owner(
    explain: { end in
      if let failure = end.startFailure { return .client("sh could not be started: \(failure)") }
      return .connectionLost("the shell on this computer ended with status \(end.status ?? 0)")
    },
    endChildren: { process in
      let second = FramedShell(
        .local,
        owner: FramedShell.Owner(
          explain: { _ in .connectionLost("the second shell on this computer ended") },
          endChildren: { _ in }))
      _ = try? await second.run(.ending(childrenOf: process))
      await second.close()
    })
}
