import Formats
import Subprocess
import SystemPackage

/// One login: the `ssh` process that is both the control master and the first shell, and everything that depends on the
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

  init(
    _ target: Target, options: OpenSSHOptions, agentKeys: Int, secrets: any SecretSource,
    hostKeys: any HostKeyDecider
  ) throws {
    let directory = try PrivateDirectory()
    let shellBox = WeakShell()
    let questions = LoginQuestions(
      target: target, secrets: secrets, hostKeys: hostKeys,
      logText: { String(decoding: directory.read(directory.log), as: UTF8.self) },
      giveUp: { await shellBox.shell?.abort() })
    var launch = ShellLaunch(
      executable: Self.executable(options.program),
      arguments: options.loginArguments(target, in: directory, agentKeys: agentKeys))
    launch.isLogin = true
    if let program = options.askpassProgram {
      do {
        askpass = try AskpassServer(path: directory.askpassSocket) { await questions.answer($0) }
      } catch {
        directory.remove()
        throw error
      }
      launch.environment = [
        "SSH_ASKPASS": program, "SSH_ASKPASS_REQUIRE": "force",
        Environment.Key(stringLiteral: Askpass.variable): directory.askpassSocket,
      ]
      // Before 8.4, ssh uses SSH_ASKPASS only with a display.
      if !HasEnvironment.variable("DISPLAY") { launch.environment["DISPLAY"] = "none:0" }
    } else {
      askpass = nil
    }
    let lost: @Sendable () async -> HostError = { .connectionLost("the connection to \(target) ended") }
    let channel: RootShell.Launch = { command, onTerminal in
      ShellLaunch(
        executable: Self.executable(options.program),
        arguments: options.channelArguments(directory, command: command.line, onTerminal: onTerminal))
    }
    let shell = FramedShell(
      launch,
      owner: FramedShell.Owner(
        explain: { end in
          if let failure = await questions.failure { return failure }
          return await LoginFailure(
            logBytes: directory.read(directory.log), target: target.description,
            wasPasswordTried: questions.wasPasswordTried
          ).error(end)
        },
        endChildren: { process in
          let second = FramedShell(
            ShellLaunch(
              executable: Self.executable(options.program),
              arguments: options.channelArguments(directory, command: "exec sh", onTerminal: false)),
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

  /// Logs in and runs the greeting.
  func open() async throws -> Login {
    let watch = Task { try await self.watchForShell() }
    defer { watch.cancel() }
    let greeting = try await shell.run(options.greeting ?? Script("greeting", ":"))
    return Login(SSHClientLog(directory.read(directory.log)), greeting: greeting)
  }

  /// Whether the login is as root.
  var isRoot: Bool {
    ClientLogText(String(decoding: directory.read(directory.log), as: UTF8.self)).account?.user == "root"
  }

  /// The name under which `known_hosts` has the server's key.
  var hostKeyName: String? { SSHClientLog(directory.read(directory.log)).knownAs }

  func runAsRoot(_ script: Script) async throws -> Output { try await rootShell.run(script) }

  /// Ends root's shell, then the login; `ssh` ends with its last session.
  func close() async {
    await rootShell.close()
    await shell.close()
    askpass?.stop()
    directory.remove()
  }

  /// Ends a login whose account never runs a script, because of a forced command or a menu. The time before the login
  /// is not limited, since the user may be looking for a password.
  private func watchForShell() async throws {
    var seconds = 0
    while seconds < Self.shellPatience {
      try await Task.sleep(for: .seconds(1))
      guard await questions.open == 0, SSHClientLog(directory.read(directory.log)).isAuthenticated else { continue }
      seconds += 1
    }
    let notes = SSHClientLog(directory.read(directory.log)).forcedCommands
    await shell.abort { text in .silentShell(text: text, notes: notes) }
  }

  private static func executable(_ program: String) -> Executable {
    program.contains("/") ? .path(.init(program)) : .name(program)
  }
}
