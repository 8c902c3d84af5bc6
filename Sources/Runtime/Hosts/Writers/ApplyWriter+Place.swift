import Scripts
import Values

extension ApplyWriter {
  /// A piece of a file in a frame.
  private static let piece = 128 << 10
  /// The slowest disk to expect, in bytes a second.
  private static let slowest = 1 << 20

  /// Puts a large file in place: the contents travel before the act, into a temporary file, and the act is a rename.
  ///
  /// - Throws: ``WriteError``; ``SourceError``; ``HostError``.
  func place(_ file: PlacedFile, _ act: Act) async throws -> Output {
    // Another run that holds the lock is met before the bytes travel, not after.
    _ = try await lock?.run(Script("lock", ":\n"), as: act.account)
    let token = FrameMark.randomToken()
    let place = [file.path, String(file.source.size), Self.temporaryName(of: runID), isOwn(act) ? "beside" : "apart"]
    let receive = Script("receive \(file.path)", ShellScripts.receiveFile, [token] + place)
    let sent = try await host.transport.send(file.source, to: receive, token: token) { received in
      try await put(file, received, act)
    }
    switch sent {
    case .received(let output): return output
    case .cut(let stderr): throw cut(file, act, stderr)
    case nil: return try await placeInPieces(file, act)
    }
  }

  /// Whether the temporary file may lie beside the file: root must not write into directories of other accounts.
  private func isOwn(_ act: Act) -> Bool { act.account == .login && host.knownFacts?.isRoot != true }

  private func put(_ file: PlacedFile, _ received: String, _ act: Act) async throws -> Output {
    let own = isOwn(act) && Reader.parent(of: received) == Reader.parent(of: file.path) ? received : ""
    let kept = file.keptAs?.split(separator: "/").last.map(String.init) ?? ""
    var script = Script(
      "replace \(file.path)", ShellScripts.replaceFile,
      [
        file.path, file.mode.description, file.expecting.map { Checksum.signs(ofSum: $0) } ?? "absent",
        Checksum.signs(ofSum: file.source.checksum), Self.temporaryName(of: runID), "large", own, kept,
      ], timeout: .seconds(60 + file.source.size / Self.slowest))
    script.inputPath = received
    return try await run(script, act)
  }

  private func cut(_ file: PlacedFile, _ act: Act, _ stderr: String) -> WriteError {
    stderr.contains("df: ")
      ? .failed(act: act, status: 1, stderr: stderr)
      : .notReceived(path: file.path, why: "the connection ended in the middle")
  }

  /// For servers with one session per connection (`MaxSessions 1`).
  private func placeInPieces(_ file: PlacedFile, _ act: Act) async throws -> Output {
    let transport = host.transport
    @Sendable func script(_ arguments: [String], _ input: [UInt8]? = nil) async throws -> Output {
      let script = Script("receive \(file.path)", ShellScripts.receivePiece, arguments, input: input)
      let output = try await transport.run(script, as: .login)
      guard output.isSuccess else {
        throw WriteError.failed(act: act, status: output.status, stderr: output.errorText)
      }
      return output
    }
    let began = try await script(
      ["begin", file.path, Self.temporaryName(of: runID), isOwn(act) ? "beside" : "apart"])
    do {
      try await file.source.send(inPiecesOf: Self.piece) { _ = try await script(["add", began.text], $0) }
      let output = try await put(file, began.text, act)
      _ = try? await script(["end", began.text])
      return output
    } catch {
      _ = await Task { try? await script(["end", began.text]) }.value
      throw error
    }
  }
}
