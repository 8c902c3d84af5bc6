import Subprocess

extension FramedShell {
  /// The state of a shell that its gate has not let through yet.
  struct GateProgress {
    var writer: StandardInputWriter?
    var watch: Task<Void, Never>?
    var text: [UInt8] = []
    /// Standard error before the word of the command. The two streams are read side by side, so the tool's answer may be in
    /// it.
    var errors: [UInt8] = []
    var questions = 0
    var hasBegun = false
    /// Seconds without a word of the gate's command; `nil` while the user is asked.
    var silence: Int? = 0

    private static let longestText = 16 << 10

    mutating func shortenText() {
      if text.count > Self.longestText { text.removeFirst(text.count - Self.longestText) }
      if errors.count > Self.longestText { errors.removeFirst(errors.count - Self.longestText) }
    }
  }

  func passGate(_ chunk: [UInt8], isError: Bool) async {
    guard let gate else { return }
    heard(chunk)
    progress?.text += chunk
    if isError, progress?.hasBegun == false { progress?.errors += chunk }
    // A host may print without end; only the end of the text can hold the start of a prompt.
    defer { progress?.shortenText() }
    if progress?.hasBegun == true, progress?.silence != nil { progress?.silence = 0 }
    while let before = progress?.text {
      var text = before
      guard let sight = gate.look(at: &text) else { return }
      progress?.text = text
      guard case .starting(let continuation) = state, let writer = progress?.writer else { return }
      switch sight {
      case .ready:
        progress?.watch?.cancel()
        progress = nil
        noise = []
        state = .open(writer)
        continuation.resume()
        return
      case .begun:
        progress?.hasBegun = true
        progress?.silence = 0
        noise = text
      case .asked(let account):
        // Neither the prompt nor the text before it explains a refusal that may follow.
        noise = text
        progress?.silence = nil
        let answered = progress?.questions ?? 0
        let seen = String(decoding: before.dropLast(text.count), as: UTF8.self)
        var secret: Secret?
        if answered > 0, let other = ShellGate.otherQuestion(in: seen) {
          secret = await gate.answerQuestion(other)
        } else {
          progress?.questions += 1
          secret = await gate.answer(answered + 1, account)
        }
        progress?.silence = 0
        if let secret {
          _ = try? await writer.write(secret.reveal() + [0x0A])
        } else {
          process?.cancel()
          return
        }
      }
    }
  }

  /// Answers a question that is not the tool's prompt.
  ///
  /// - Returns: whether there was one.
  private func answerQuestion(_ gate: ShellGate) async -> Bool {
    guard let writer = progress?.writer, let text = progress?.text,
      let question = ToolQuestion(String(decoding: text, as: UTF8.self))
    else { return false }
    progress?.text = []
    progress?.silence = nil
    noise = []
    let secret = await gate.answerQuestion(question.text)
    progress?.silence = 0
    if let secret {
      _ = try? await writer.write(secret.reveal() + [0x0A])
    } else {
      process?.cancel()
    }
    return true
  }

  /// Ends a command after too long a silence: start-up files may run another program in place of the command, and the
  /// tool may ask a question unknown to every gate.
  func watch(_ gate: ShellGate) async {
    while !Task.isCancelled {
      try? await Task.sleep(for: .seconds(1))
      guard case .starting = state, let now = progress else { return }
      guard let silence = now.silence else { continue }
      progress?.silence = silence + 1
      let isPause = now.hasBegun && silence + 1 >= ShellGate.pauseOfQuestion
      if isPause, await answerQuestion(gate) { continue }
      guard case .starting = state, silence + 1 >= (now.hasBegun ? ShellGate.patience.tool : ShellGate.patience.start)
      else { continue }
      startInterruption = gate.silence(now.hasBegun, String(decoding: noise, as: UTF8.self))
      process?.cancel()
      return
    }
  }
}
