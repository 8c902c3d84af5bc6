import Formats
import Subprocess
import SystemPackage

/// A login to a jump host without a session: an `ssh` in the background that passes connections on, for accounts
/// without a shell too.
struct JumpLogin: Sendable {
  let jump: Target
  /// The jump hosts up to this host that asked for a password or code; the user's own `ssh` will ask again.
  private(set) var asking: [String] = []
  private let directory: PrivateDirectory
  private let program: String

  /// Seconds without a connection after which the login ends by itself, should this process be killed.
  private static let idle = 60
  /// Seconds for a login, apart from the time of prompts.
  private static let patience = 300
  private static let longestLog = 16 << 20

  /// - Parameter target: the target that needs the login first, named in questions.
  /// - Throws: ``HostError``.
  static func open(
    _ jump: Target, before target: Target, _ options: OpenSSHOptions, _ asker: JumpHosts.Asker
  ) async throws -> JumpLogin {
    let place = ConnectionLedger.Place(jump)
    let onWait = options.onWait
    do { try await asker.ledger.admit(place) { onWait(jump, $0) } } catch { throw HostError.cancelled }
    do {
      let login = try await begin(jump, before: target, options, asker)
      await asker.ledger.end(place, .authenticated)
      return login
    } catch let error as HostError {
      await asker.ledger.end(place, error.ledgerOutcome)
      throw error.named(after: jump, before: target)
    }
  }

  private static func begin(
    _ jump: Target, before target: Target, _ options: OpenSSHOptions, _ asker: JumpHosts.Asker
  ) async throws -> JumpLogin {
    let directory = try PrivateDirectory()
    let process = ClientProcess()
    let place = ConnectionLedger.Place(jump)
    let questions = LoginQuestions(
      target: jump, secrets: JumpSecrets(other: asker.secrets, target: target.description),
      hostKeys: RememberingHostKeys(known: options.hostKeys, place: place, other: asker.hostKeys), plan: options.plan,
      logText: { directory.clientText },
      client: { process.id }, giveUp: { process.end() })
    do {
      let askpass = try options.askpassProgram.map { _ in
        try AskpassServer(path: directory.askpassSocket) { await questions.answer($0) }
      }
      defer { askpass?.stop() }
      let end = await run(jump, options, directory, process, questions)
      let bytes = directory.clientLog
      if Task.isCancelled { throw HostError.cancelled }
      if options.isLeftUndialed(directory) {
        await JumpLogin(jump: jump, directory: directory, program: options.program).close()
        return try await begin(jump, before: target, options, asker)
      }
      if end.status == 0 {
        let log = SSHClientLog(bytes)
        if let key = log.hostKey?.fingerprint { options.hostKeys.remember(key, at: place) }
        var login = JumpLogin(jump: jump, directory: directory, program: options.program)
        if await questions.answers.areGiven { login.asking = [jump.description] }
        return login
      }
      if let failure = await questions.failure { throw failure }
      let failure = await LoginFailure(logBytes: bytes, target: jump.description, answers: questions.answers)
      throw await questions.explained(failure.error(end))
    } catch {
      await JumpLogin(jump: jump, directory: directory, program: options.program).close()
      throw error
    }
  }

  /// Runs `ssh` until it goes into the background, with the connection open, or fails.
  private static func run(
    _ jump: Target, _ options: OpenSSHOptions, _ directory: PrivateDirectory, _ process: ClientProcess,
    _ questions: LoginQuestions
  ) async -> ShellEnd {
    // Flags first: of several values for an option, the first one counts.
    var launch = ShellLaunch(
      executable: LocalPrograms.find(options.program),
      arguments: ["-f", "-N"] + (await options.jumpArguments(jump, in: directory, idle: idle)))
    launch.limitFiles(to: longestLog)
    let watch = Task {
      var waited = 0
      while waited < patience {
        try await Task.sleep(for: .seconds(1))
        if await questions.open == 0 { waited += 1 }
      }
      process.end()
    }
    defer { watch.cancel() }
    do {
      // Beside the words of ssh itself: the words of a program in between. The background process keeps the file.
      let words = try FileDescriptor.open(
        FilePath(directory.log), .writeOnly, options: [.append, .create, .closeOnExec], permissions: .ownerReadWrite)
      let start = try await ProcessStart.admit()
      let result = try await Subprocess.run(
        launch.executable, arguments: Arguments(launch.arguments),
        environment: .inherit.updating(
          options.askpassEnvironment(socket: directory.askpassSocket)
            .merging(Dialer.environment(for: launch.arguments)) { $1 }),
        platformOptions: .client, input: .none, output: .discarded,
        error: .fileDescriptor(words, closeAfterSpawningProcess: true)
      ) { execution in
        start.end()
        process.id = execution.processIdentifier.value
      }
      process.id = nil
      var end = ShellEnd(hadBegun: false, noise: directory.clientText)
      end.status = result.terminationStatus.shellStatus
      return end
    } catch { return ShellEnd(hadBegun: false, noise: "", startFailure: "\(error)") }
  }

  func behind(_ other: JumpLogin?) -> JumpLogin {
    var login = self
    login.asking = (other?.asking ?? []) + asking
    return login
  }

  /// The way of another `ssh` over this login.
  var proxyCommand: String {
    "\"\(program)\" -F /dev/null -S \"\(directory.controlSocket.replacing("%", with: "%%"))\" -o ControlMaster=no "
      + "-o ProxyCommand=false -o BatchMode=yes -o LogLevel=ERROR -W [%h]:%p -- host"
  }

  var isAlive: Bool { get async { await control("check") } }

  func close() async {
    _ = await control("exit")
    directory.remove()
  }

  private func control(_ command: String) async -> Bool {
    guard LocalFile.isReadable(directory.controlSocket) else { return false }
    let words = ["-F", "/dev/null", "-S", directory.controlSocket, "-O", command, "--", "host"]
    return await ClientProgram(program).run(words)?.isSuccess ?? false
  }

  /// The failure of a target's login, in the words of the jump host if it could not pass the connection on.
  ///
  /// - Parameter place: `HOST:PORT` of the target, as the configuration gives them; an IPv6 address without brackets.
  func explained(_ error: HostError, at place: String) -> HostError {
    switch error {
    case .noBanner, .client, .proxyCommand, .connectionTimedOut: break
    default: return error
    }
    let log = String(decoding: LocalFile.read(directory.log, limit: Self.longestLog), as: UTF8.self)
    return JumpLog(log).refusal(of: place).map { ProxyFailure.beyond(jump.description, $0, goal: place) } ?? error
  }
}
