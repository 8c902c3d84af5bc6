import Diagnosis
import Formats
import Scripts
import Subprocess
import SystemPackage

/// One login: the `ssh` process that is both the control master and the first shell, and all objects that depend on the
/// process.
final class OpenSSHConnection: Sendable {
  let target: Target
  let options: OpenSSHOptions
  let directory: PrivateDirectory
  let shell: FramedShell
  private let questions: LoginQuestions
  private let askpass: AskpassServer?
  private let rootShell: RootShell
  /// Seconds from the successful login until the account runs a script.
  private static let shellPatience = 30
  /// Seconds until the successful login, apart from the time of prompts: a server may send banners without end. Longer
  /// than a user needs to touch a security key, or to pass a proxy's login in a browser.
  private static let loginPatience = 300
  /// Seconds after which the agent is looked at.
  private static let agentPatience = 10

  /// - Parameter leavesOutAgent: see ``OpenSSHOptions/loginArguments(_:in:leavesOutAgent:)``.
  init(
    _ target: Target, options: OpenSSHOptions, leavesOutAgent: Bool, secrets: any SecretSource,
    hostKeys: any HostKeyDecider
  ) async throws {
    let directory = try PrivateDirectory()
    let shellBox = WeakShell()
    let questions = LoginQuestions(
      target: target, secrets: secrets, hostKeys: hostKeys, plan: options.plan,
      logText: { directory.clientText },
      client: { await shellBox.shell?.processID }, giveUp: { await shellBox.shell?.abort() })
    var launch = ShellLaunch(
      executable: LocalPrograms.find(options.program),
      arguments: await options.loginArguments(target, in: directory, leavesOutAgent: leavesOutAgent))
    launch.isLogin = true
    launch.needsHome = options.greeting != nil
    launch.takesFirstScript = options.takesFirstScript || options.memory?.knows(target) == true
    launch.limitFiles(to: 16 << 20)
    if options.askpassProgram != nil {
      do {
        askpass = try AskpassServer(path: directory.askpassSocket) { await questions.answer($0) }
      } catch {
        directory.remove()
        throw error
      }
      launch.environment = options.askpassEnvironment(socket: directory.askpassSocket)
    } else {
      askpass = nil
    }
    launch.environment.merge(Dialer.environment(for: launch.arguments)) { $1 }
    let lost: @Sendable () async -> HostError = { .connectionLost("the connection to \(target) ended") }
    let channel: RootShell.Launch = { command, onTerminal in
      options.session(in: directory, command: command.line, onTerminal: onTerminal)
    }
    let shell = FramedShell(
      launch,
      owner: FramedShell.Owner(
        explain: { end in
          if let failure = await questions.failure { return failure }
          let failure = await LoginFailure(
            logBytes: directory.clientLog, target: target.description, answers: questions.answers,
            times: questions.times)
          return await questions.explained(failure.error(end))
        },
        endChildren: { process in
          let second = FramedShell(
            options.session(in: directory),
            owner: FramedShell.Owner(explain: { _ in await lost() }, endChildren: { _ in }))
          _ = try? await second.run(.ending(childrenOf: process))
          await second.close()
        }))
    shellBox.shell = shell
    self.target = target
    self.options = options
    self.directory = directory
    self.questions = questions
    self.shell = shell
    rootShell = RootShell(
      target: target.description, secrets: secrets, launch: channel, canHaveTerminal: true, lost: lost)
  }

  /// Facts from ssh's log, which is long and read once.
  struct Opened: Sendable {
    var login: Login
    /// Whether the login is as root.
    var isRoot: Bool
  }

  /// Logs in and runs the greeting.
  func open() async throws -> Opened {
    let watch = Task { try await self.watchForShell() }
    defer { watch.cancel() }
    let greeting = try await shell.run(options.greeting ?? Script("greeting", ":"))
    let log = SSHClientLog(directory.clientLog)
    return Opened(login: Login(log, greeting: greeting), isRoot: isRoot)
  }

  /// Whether the server has accepted the login, whatever became of the shell.
  var isAuthenticated: Bool { SSHClientLog(directory.clientLog).isAuthenticated }

  /// Whether the login failed without a connection of the dialer; ssh is to connect by itself.
  var isUndialed: Bool { options.isLeftUndialed(directory) }

  /// Whether the login is as root.
  var isRoot: Bool {
    log.account?.user == "root"
  }

  private var log: ClientLogText { ClientLogText(directory.clientText) }

  /// The server's name in `known_hosts`.
  var hostKeyName: String? { SSHClientLog(directory.clientLog).knownAs }

  func runAsRoot(_ script: Script) async throws -> Output {
    // The session of root's shell keeps the connection open until the answer is there.
    if script.endsShell, await rootShell.isReady { Task { await shell.endSoon() } }
    do { return try await rootShell.run(script) } catch let error as HostError { throw await explained(error) }
  }

  /// A sudo on a file system without the right to run programs is refused by the system, or passed over by the shell.
  private func explained(_ error: HostError) async -> HostError {
    var said: [String] = []
    switch error {
    case .rootRefused(.unusable("sudo", let text)): said = [text]
    case .rootRefused(.noTool), .rootRefused(.wrongPassword("su", _)), .secretNeeded(.rootPassword(_, "su", _)): break
    default: return error
    }
    let look = Script("why not run", ShellScripts.whyNotRun, ["sudo"], timeout: .seconds(15))
    guard let output = try? await shell.run(look), let found = Diagnosis(noExec: output, after: "") else {
      return error
    }
    return .rootRefused(.unusable(tool: "sudo", text: (said + [found.explanation]).joined(separator: "\n")))
  }

  /// Becomes root in a new session, as the run did before. A login as root has become root by the login itself.
  func becomeRootAgain() async throws {
    if !isRoot { try await rootShell.openAgain() }
  }

  /// Whether a session with a terminal stays open; see ``TerminalSession``.
  func terminalStaysOpen() async -> Bool {
    await TerminalSession(launch: options.session(in: directory, command: nil, onTerminal: true)).staysOpen()
  }

  /// Ends root's shell and the login; `ssh` ends with its last session.
  func close() async {
    let waits = await rootShell.endsInOrder
    async let root: Void = rootShell.close(waits: waits)
    await shell.close(waits: waits)
    await root
    askpass?.stop()
    directory.remove()
  }

  private func agentFault() async -> String? {
    guard log.isAtAgent else { return nil }
    return await options.agentFault(for: target)
  }

  /// Ends an unfinished login, or a login to an account that never runs a script, because of a forced command or a
  /// menu. The time of prompts does not count, since the user may be looking for a password.
  private func watchForShell() async throws {
    var (waited, seconds) = (0, 0)
    while seconds < Self.shellPatience, waited < Self.loginPatience {
      try await Task.sleep(for: .seconds(1))
      guard await questions.open == 0 else { continue }
      if waited % Self.agentPatience == Self.agentPatience - 1, let fault = await agentFault() {
        return await shell.abort { _ in .client(fault) }
      }
      if SSHClientLog(directory.clientLog).isAuthenticated { seconds += 1 } else { waited += 1 }
    }
    let notes = SSHClientLog(directory.clientLog).forcedCommands
    await shell.abort { text in .silentShell(text: text, notes: notes) }
  }
}
