import Synchronization

/// Root's shell on a host, opened when first needed and kept.
actor RootShell {
  /// Starts a ``RootCommand`` on the host, with or without a terminal.
  typealias Launch = @Sendable (_ command: RootCommand, _ onTerminal: Bool) -> ShellLaunch

  private let target: String
  private let secrets: any SecretSource
  private let launch: Launch
  private let canHaveTerminal: Bool
  private let lost: @Sendable () async -> HostError
  private var shell: FramedShell?
  private var opening: Task<FramedShell, any Error>?
  /// The working password, so that the user is asked once per host and run.
  private var password: Secret?
  private var way = RootWay()

  init(
    target: String, secrets: any SecretSource, launch: @escaping Launch, canHaveTerminal: Bool,
    lost: @escaping @Sendable () async -> HostError
  ) {
    self.target = target
    self.secrets = secrets
    self.launch = launch
    self.canHaveTerminal = canHaveTerminal
    self.lost = lost
  }

  func run(_ script: Script) async throws -> Output {
    try await opened().run(script)
  }

  /// Whether root's shell must end before the login: a shell on a terminal, or one with work to do at its end. Any
  /// other ends with its input, once the connection is gone.
  var endsInOrder: Bool {
    get async {
      guard let shell else { return opening != nil }
      if way.onTerminal { return true }
      return await shell.hasWork
    }
  }

  var isReady: Bool { get async { await shell?.isEnded == false } }

  /// - Parameter waits: see ``FramedShell/close(waits:)`` and ``endsInOrder``.
  func close(waits: Bool = true) async {
    if let opening {
      opening.cancel()
      _ = try? await opening.value
    }
    await shell?.close(waits: waits)
    shell = nil
  }

  private func opened() async throws -> FramedShell {
    if let shell, await !shell.isEnded { return shell }
    if let opening { return try await opening.value }
    let task = Task { try await self.open() }
    opening = task
    defer { opening = nil }
    let fresh = try await withTaskCancellationHandler {
      try await task.value
    } onCancel: {
      task.cancel()
    }
    shell = fresh
    return fresh
  }

  /// Tries the cheapest way first, the ways with a terminal last, and remembers the way that worked.
  private func open() async throws -> FramedShell {
    // The refusal of a tool that cannot work at all tells the user more than the next tool's refusal.
    var unusable: HostError?
    while true {
      let attempt = Attempt(tool: way.tool, known: password, target: target, secrets: secrets)
      let command = RootCommand(way)
      var started = launch(command, way.onTerminal)
      if way.onTerminal { started.streams = .merged }
      let gate = ShellGate(
        begun: command.begunWord, ready: command.readyWord, prompt: command.prompt, namesAccount: command.namesAccount,
        answer: attempt.answer, answerQuestion: attempt.answerQuestion, silence: attempt.silence)
      let fresh = FramedShell(started, gate: gate, owner: owner(attempt))
      do {
        try await fresh.open()
        password = attempt.working
        return fresh
      } catch HostError.cancelled {
        await fresh.close()
        throw HostError.cancelled
      } catch {
        await fresh.close()
        if case HostError.rootRefused = error { throw error }
        if unusable == nil, attempt.isUnusable { unusable = attempt.refusal }
        guard let next = try await nextWay(after: attempt, unusable) else {
          if let refusal = unusable ?? attempt.refusal { throw refusal }
          throw await lost()
        }
        way = next
      }
    }
  }

  private func nextWay(after attempt: Attempt, _ unusable: HostError?) async throws -> RootWay? {
    guard !way.onTerminal else {
      // doas and su ask once and end. The user gets a second try, as with sudo.
      guard way.tool != .sudo, attempt.wasWrong, await attempt.askAgain() else { return nil }
      password = attempt.working
      return way
    }
    switch attempt.end?.status {
    case RootCommand.foundDoas: return try terminal(.doas)
    // su wants root's password: not to be asked for where the account's own was expected.
    case RootCommand.foundSu: return unusable == nil ? try terminal(.su) : nil
    case RootCommand.foundNothing: throw unusable ?? HostError.rootRefused(.noTool)
    default: break
    }
    if attempt.wantsTerminal { return try terminal(.sudo) }
    if way.sudoCall == .full, attempt.lacksOptions { return RootWay(sudoCall: .plain) }
    if way.tool == .sudo, way.sudoCall != .none, attempt.isUnusable { return RootWay(sudoCall: .none) }
    return nil
  }

  private func terminal(_ tool: RootWay.Tool) throws -> RootWay {
    guard canHaveTerminal else {
      throw HostError.rootRefused(.other(tool: tool.rawValue, text: "it wants a terminal, which is not to be had here"))
    }
    return RootWay(tool: tool, onTerminal: true, sudoCall: way.sudoCall)
  }

  private func owner(_ attempt: Attempt) -> FramedShell.Owner {
    let lost = lost
    return FramedShell.Owner(
      explain: { end in
        attempt.ended(end)
        return await lost()
      },
      endChildren: { [weak self] process in await self?.endChildren(of: process) })
  }

  /// Becomes root in a second shell, with the password known by now, and closes it.
  ///
  /// - Throws: ``HostError``, mainly `rootRefused`.
  func openAgain() async throws {
    let second = RootShell(
      target: target, secrets: secrets, launch: launch, canHaveTerminal: canHaveTerminal, lost: lost)
    await second.adopt(password, way: way)
    do {
      // The word that opens the shell was printed by a program of root's.
      _ = try await second.opened()
      let other = await second.tool
      await second.close()
      // Where sudo is gone, doas may still be there; but it is not how the run became root.
      guard other == tool else {
        throw HostError.rootRefused(.other(tool: tool.rawValue, text: "only \(other.rawValue) works now"))
      }
    } catch HostError.rootRefused(.other(_, let text)) where text.contains(Attempt.tooManySessions) {
      await second.close()
      // The server allows no session more: the shell that is open makes room for its successor.
      await close()
      _ = try await run(Script("become root again", ":"))
    } catch {
      await second.close()
      throw error
    }
  }

  /// Only root can end root's processes: through a second shell, with the password known by now.
  private func endChildren(of process: Int32) async {
    let second = RootShell(
      target: target, secrets: secrets, launch: launch, canHaveTerminal: canHaveTerminal, lost: lost)
    await second.adopt(password, way: way)
    _ = try? await second.run(.ending(childrenOf: process))
    await second.close()
  }

  private var tool: RootWay.Tool { way.tool }

  private func adopt(_ password: Secret?, way: RootWay) {
    self.password = password
    self.way = way
  }
}
