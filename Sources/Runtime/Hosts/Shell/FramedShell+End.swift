import Subprocess

extension FramedShell {
  /// Ends the shell: first by the end of its input, then by signals. Returns when no process of ours is left.
  ///
  /// - Parameter waits: whether to wait for the host, even if the host has nothing to do at the shell's end. Otherwise
  ///   `ssh` is ended here, which tells the server in the same way, but saves a round trip.
  func close(waits: Bool = true) async {
    if case .open = state { isClosing = !isBusy }
    if case .open(let writer) = state, waits || hasWork {
      // A terminal does not pass on the end of input, and dropbear lets its processes go on when the channel is closed:
      // the login would wait for them.
      if case .merged = streams { await hangUp(writer) }
      await endInput(writer)
      let kill = Task {
        try await Task.sleep(for: Self.endTimeout)
        self.process?.cancel()
      }
      await process?.value
      kill.cancel()
    } else {
      process?.cancel()
      await process?.value
    }
    if case .new = state { state = .ended(Self.closed) }
  }

  static let closed = HostError.connectionLost("the connection is closed")

  /// Lets a shell without a script end, without a wait for its end.
  func endSoon() async {
    guard case .open(let writer) = state, !isBusy, case .separate = streams else { return }
    await endInput(writer)
  }

  private func endInput(_ writer: StandardInputWriter) async {
    guard !isInputEnded else { return }
    isInputEnded = true
    try? await writer.finish()
  }

  private func hangUp(_ writer: StandardInputWriter) async {
    guard !isBusy else {
      process?.cancel()
      return
    }
    _ = try? await writer.write(Array("kill -s HUP 0\n".utf8))
  }
}
