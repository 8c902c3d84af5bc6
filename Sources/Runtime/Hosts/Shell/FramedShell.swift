import Dispatch
import Scripts
import Subprocess

/// One long-lived `sh`, here or behind `ssh`, running one script after the other.
///
/// A script is one write to the shell's standard input and costs one round trip. No thread is blocked.
actor FramedShell {
  /// The owner's part in a shell's work.
  struct Owner: Sendable {
    /// Explains the end of the process.
    var explain: @Sendable (ShellEnd) async -> HostError
    /// Ends everything below the process `shell` on the host, through another channel.
    var endChildren: @Sendable (_ shell: Int32) async -> Void
  }

  enum State {
    case new
    case starting(CheckedContinuation<Void, any Error>)
    case open(StandardInputWriter)
    case ended(HostError)
  }

  private enum Stream { case output, error }

  private struct Pending {
    var captured: CapturedOutput
    let script: Script
    var limit = FramedShell.defaultTimeout
    var timer: (any DispatchSourceTimer)?
    var done: CheckedContinuation<Output, any Error>?
    /// The reason for an interruption, thrown in place of the script's output.
    var interruption: HostError?
    /// The next script waits for the end of an interruption; otherwise it would be ended as well.
    var isBeingEnded = false
    var isUntimed: Bool { timer == nil }
  }

  private var launch: ShellLaunch
  let gate: ShellGate?
  private let owner: Owner
  private let mark = FrameMark()
  private let turns = TurnQueue()
  var state = State.new
  var process: Task<Void, Never>?
  private var pending: Pending?
  private var count = 0
  /// The number of the script in progress.
  private var current: Int?
  private var hasPrologue = false
  var isInputEnded = false
  /// Whether the end of the process needs no explanation.
  var isClosing = false
  /// Whether the shell has lines to run when it ends.
  var endsInOrder = false
  private var texts = RepeatedTexts()
  /// Those of the launch, until the host turns out to have put a terminal in between.
  private(set) var streams: FrameRequest.Streams
  private var outputReader: FrameReader
  private var errorReader: FrameReader
  private var section: (output: FrameReader.Kind?, error: FrameReader.Kind?) = (nil, nil)
  var noise: [UInt8] = []
  var startInterruption: HostError?
  /// `nil` behind the gate.
  var progress: GateProgress?
  /// The process on this computer: `ssh`, or the shell itself.
  private(set) var processID: Int32?
  /// The shell's process ID on its host, known from the first frame.
  private(set) var shellProcess: Int32?

  static let defaultTimeout = Duration.seconds(60)
  /// Time for a script to end after its processes were ended, and for the shell after the end of its input. Both may
  /// need this time on a busy host; a shell killed too early leaves its lock behind.
  static let endTimeout = Duration.seconds(15)
  /// A host may have three shells. Larger ones would not make long outputs faster.
  private static let buffers: Configuration.Buffers = (16 << 10, 4 << 10)
  private static let longestNoise = 4096
  /// More, since the `ssh` to each jump host writes its debug lines there.
  private static let longestNoiseOfLogin = 64 << 10

  init(_ launch: ShellLaunch, gate: ShellGate? = nil, owner: Owner) {
    self.launch = launch
    self.gate = gate
    self.owner = owner
    progress = gate.map { _ in GateProgress() }
    streams = launch.streams
    outputReader = FrameReader(mark: mark)
    errorReader = FrameReader(mark: mark)
  }

  var isEnded: Bool {
    if case .ended = state { true } else { false }
  }

  var isBusy: Bool { pending != nil }

  /// Whether the shell has something to do before its end, or at it.
  var hasWork: Bool { isBusy || endsInOrder }

  /// Runs `script` after all earlier ones.
  ///
  /// - Throws: ``HostError``: `timedOut`, `cancelled`, or the owner's explanation for a shell that ended.
  func run(_ script: Script) async throws -> Output {
    if let bad = ([script.text] + script.arguments).first(where: { $0.utf8.contains(0) }) {
      throw HostError.client("\"\(script.name)\" holds a NUL byte in \"\(bad.prefix(20))\", which no shell can take")
    }
    return try await inTurn { number in try await self.run(script, number: number) }
  }

  /// Starts the process and passes its gate, without a script.
  func open() async throws {
    try await inTurn { _ in try await self.start() }
  }

  private func inTurn<Result: Sendable>(
    _ body: @Sendable (Int) async throws -> Result
  ) async throws -> Result {
    let number = count
    count += 1
    do { try await turns.enter() } catch { throw HostError.cancelled }
    current = number
    do {
      guard !Task.isCancelled else { throw HostError.cancelled }
      let result = try await withTaskCancellationHandler {
        try await body(number)
      } onCancel: {
        Task { await self.interrupt(number, why: .cancelled) }
      }
      current = nil
      await turns.leave()
      return result
    } catch {
      current = nil
      await turns.leave()
      throw error
    }
  }

  private func run(_ script: Script, number: Int) async throws -> Output {
    let inCommand = takesInCommand(script, number)
    if inCommand {
      begin(script, number)
      hasPrologue = true
    }
    do { try await start() } catch {
      pending = nil
      throw error
    }
    guard case .open(let writer) = state else { throw endError }
    if !inCommand { begin(script, number) }
    if !launch.isLogin || shellProcess != nil, pending?.isUntimed == true { startTimer() }
    let request = FrameRequest(mark: mark, streams: streams)
    if script.atExit != nil { endsInOrder = true }
    if !inCommand {
      var text = request.text(of: script, number: number, texts: &texts)
      if !hasPrologue { text = Array((request.terminalCheck + launch.prologue).utf8) + text }
      hasPrologue = true
      // Written in a separate task: a dead shell accepts no input, and the shell's end is the error to throw.
      Task { [text] in _ = try? await writer.write(text) }
    }
    return try await withCheckedThrowingContinuation { continuation in
      if case .ended(let error) = state {
        pending?.timer?.cancel()
        pending = nil
        continuation.resume(throwing: error)
      } else if pending == nil {
        continuation.resume(throwing: HostError.cancelled)
      } else {
        pending?.done = continuation
        finishIfComplete()
        if Task.isCancelled { Task { self.interrupt(number, why: .cancelled) } }
      }
    }
  }

  /// Puts the first script of a new shell into the command that starts the shell, if possible.
  private func takesInCommand(_ script: Script, _ number: Int) -> Bool {
    guard case .new = state, script.atExit == nil, gate == nil else { return false }
    let request = FrameRequest(mark: mark, streams: streams)
    var none = RepeatedTexts()
    let text = request.text(of: script, number: number, texts: &none)
    return launch.take(Array((request.terminalCheck + launch.prologue).utf8) + text)
  }

  private func begin(_ script: Script, _ number: Int) {
    pending = Pending(
      captured: CapturedOutput(number: number, limit: script.outputLimit, sink: script.sink), script: script)
    pending?.limit = script.timeout ?? Self.defaultTimeout
  }

  // MARK: The process

  private func start() async throws {
    guard case .new = state else { return }
    try await withCheckedThrowingContinuation { continuation in
      state = .starting(continuation)
      process = Task { await self.drive() }
      if let gate { progress?.watch = Task { await self.watch(gate) } }
    }
  }

  private func drive() async {
    var end = ShellEnd(hadBegun: false, noise: "")
    do {
      end.status = try await launch.configuration.streamed(
        input: .inputWriter, buffers: Self.buffers,
        began: { execution in
          await self.opened(execution.standardInputWriter, execution.processIdentifier.value)
          return nil
        }, take: { await self.received($0, $1 ? .error : .output) }
      ).status
    } catch {
      end.startFailure = "\(error)"
    }
    end.hadBegun = shellProcess != nil
    let words = noise.isEmpty ? progress?.errors ?? [] : noise
    end.noise = String(decoding: words, as: UTF8.self)
    ended(isClosing && pending == nil ? Self.closed : await owner.explain(end))
  }

  private func opened(_ writer: StandardInputWriter, _ process: Int32) {
    processID = process
    guard case .starting(let continuation) = state else { return }
    progress?.writer = writer
    if progress == nil {
      state = .open(writer)
      continuation.resume()
    }
  }

  private func ended(_ error: HostError) {
    let before = state
    state = .ended(error)
    if case .starting(let continuation) = before { continuation.resume(throwing: startInterruption ?? error) }
    let failure = pending?.interruption ?? error
    pending?.timer?.cancel()
    pending?.done?.resume(throwing: failure)
    pending = nil
  }

  private var endError: HostError {
    if case .ended(let error) = state { error } else { .connectionLost("the shell is not open") }
  }

  // MARK: Frames

  private func received(_ chunk: [UInt8], _ stream: Stream) async {
    if progress != nil {
      await passGate(chunk, isError: stream == .error)
      return
    }
    let pieces = stream == .output ? outputReader.read(chunk) : errorReader.read(chunk)
    for piece in pieces {
      switch piece {
      case .mark(.onTerminal, _, _): moveToTerminal()
      case .mark(let kind, let number, let value):
        guard let running = pending, running.captured.number == number else { continue }
        if kind == .outputBegins {
          shellProcess = value
          if running.isUntimed { startTimer() }
        }
        let begins = kind == .outputBegins || kind == .errorBegins
        if stream == .output { section.output = begins ? kind : nil } else { section.error = begins ? kind : nil }
        pending?.captured.mark(kind, value: value)
      case .bytes(let bytes):
        let open = stream == .output ? section.output : section.error
        if let open, pending != nil {
          pending?.captured.append(bytes, toError: open == .errorBegins)
        } else {
          heard(bytes)
        }
      }
    }
    finishIfComplete()
  }

  /// Sends the script in progress again: the host runs the shell on a terminal (session recording), and the terminal
  /// has dropped the input so far.
  private func moveToTerminal() {
    guard case .separate = streams, case .open(let writer) = state, let running = pending else { return }
    streams = .merged
    texts = RepeatedTexts()
    let request = FrameRequest(mark: mark, streams: streams)
    let text =
      Array((request.terminalStart + launch.prologue).utf8)
      + request.text(of: running.script, number: running.captured.number, texts: &texts)
    Task { _ = try? await writer.write(text) }
  }

  private func finishIfComplete() {
    guard let running = pending, running.captured.isComplete, !running.isBeingEnded, let done = running.done
    else { return }
    pending = nil
    running.timer?.cancel()
    if let interruption = running.interruption {
      done.resume(throwing: interruption)
    } else {
      done.resume(returning: running.captured.output)
    }
  }

  func heard(_ bytes: [UInt8]) {
    noise += bytes
    let limit = launch.isLogin ? Self.longestNoiseOfLogin : Self.longestNoise
    if noise.count > limit { noise.removeFirst(noise.count - limit) }
  }

  // MARK: Interruption

  private func startTimer() {
    guard let running = pending else { return }
    let (number, limit, name) = (running.captured.number, running.limit, running.script.name)
    // Not a sleeping task: a cancelled task stays in memory until its time is over, a minute after each script.
    let timer = DispatchSource.makeTimerSource()
    timer.schedule(deadline: .now() + .nanoseconds(Int(min(limit / .nanoseconds(1), 1e18))))
    timer.setEventHandler { @Sendable in
      Task { await self.interrupt(number, why: .timedOut(script: name, after: limit)) }
    }
    timer.activate()
    pending?.timer = timer
  }

  /// Ends the process at once.
  func abort() { process?.cancel() }

  /// Ends the process at once; the script in progress fails with the error for the last output.
  func abort(with error: @Sendable (_ text: String) -> HostError) {
    if pending != nil { pending?.interruption = error(String(decoding: noise, as: UTF8.self)) }
    process?.cancel()
  }

  /// Ends script `number` if still in progress.
  private func interrupt(_ number: Int, why: HostError) {
    guard current == number else { return }
    if case .starting = state {
      startInterruption = why
      process?.cancel()
      return
    }
    guard let running = pending, running.interruption == nil else { return }
    pending?.interruption = why
    guard let shellProcess else {
      // The script has not even begun: an unfinished login, or an account without a shell.
      process?.cancel()
      return
    }
    pending?.isBeingEnded = true
    Task {
      await owner.endChildren(shellProcess)
      guard pending?.captured.number == number else { return }
      pending?.isBeingEnded = false
      finishIfComplete()
      try? await Task.sleep(for: Self.endTimeout)
      giveUp(number)
    }
  }

  private func giveUp(_ number: Int) {
    guard pending?.captured.number == number else { return }
    process?.cancel()
  }
}
