import Formats
import Scripts
import Subprocess

/// A separate session beside a host's shell, for the raw bytes of one file.
///
/// The script of the session (`receive-file.sh`) reports that it is ready, takes the bytes, reports the path of the
/// temporary file, and keeps the file until the end of the input. So no file is left on the host, however the session
/// ends.
enum DataChannel {
  private enum Outcome: Sendable {
    case refused
    case cut
    case done(Output)
  }

  /// A pipe holds 64 KiB; larger pieces save turns of the reader.
  private static let piece = 256 << 10
  private static let patience = Duration.seconds(30)

  /// - Parameters:
  ///   - token: the first argument of the script, and the first word of each line of the script's output.
  ///   - body: called with the received file's path, while the session keeps the file.
  /// - Returns: `nil` if the host refuses the session; no byte of the file was sent then.
  /// - Throws: ``SourceError``; errors of `body`; `CancellationError`.
  static func send(
    _ source: FileSource, through launch: ShellLaunch, to script: Script, token: String,
    _ body: @Sendable (String) async throws -> Output
  ) async throws -> SentFile? {
    _ = SilentPipes.ready
    let words = [script.text, "sh"] + script.arguments
    let text = launch.prologue + "exec sh -c " + words.map(ShellQuoting.word).joined(separator: " ") + "\n"
    let start = try await ProcessStart.admit()
    defer { start.end() }
    let result = try await Subprocess.run(
      launch.configuration, input: .inputWriter, output: .sequence, error: .sequence
    ) { execution in
      start.end()
      let writer = execution.standardInputWriter
      let errors = execution.standardError
      async let stderr = collected(errors)
      var lines = ReplyLines(execution.standardOutput, token: token)
      let outcome = try await talk(source, text, writer, &lines, body) {
        try? execution.send(signal: .terminate)
      }
      try? await writer.finish()
      await lines.drain()
      return (outcome, await stderr)
    }
    switch result.closureResult.0 {
    case .refused: return nil
    case .cut: return .cut(stderr: String(decoding: result.closureResult.1, as: UTF8.self))
    case .done(let output): return .received(output)
    }
  }

  private static func talk(
    _ source: FileSource, _ text: String, _ writer: StandardInputWriter, _ lines: inout ReplyLines,
    _ body: @Sendable (String) async throws -> Output, giveUp: @escaping @Sendable () -> Void
  ) async throws -> Outcome {
    let timer = Task {
      try await Task.sleep(for: patience)
      giveUp()
    }
    defer { timer.cancel() }
    guard (try? await writer.write(Array(text.utf8))) != nil, await lines.next() == "ready" else {
      try Task.checkCancellation()
      return .refused
    }
    timer.cancel()
    do {
      try await source.send(inPiecesOf: piece) { bytes in
        guard (try? await writer.write(bytes)) == bytes.count else { throw Closed() }
      }
    } catch is Closed {
      try Task.checkCancellation()
      return .cut
    }
    guard let reply = await lines.next(), reply.hasPrefix("got ") else {
      try Task.checkCancellation()
      return .cut
    }
    return .done(try await body(String(reply.dropFirst(4))))
  }

  /// The session takes no more bytes.
  private struct Closed: Error {}

  private static func collected(_ sequence: SubprocessOutputSequence) async -> [UInt8] {
    var bytes: [UInt8] = []
    do {
      for try await buffer in sequence where bytes.count < 64 << 10 {
        bytes += buffer.withUnsafeBytes(Array.init)
      }
    } catch {}
    return bytes
  }
}

/// The lines of a session with the session's token in front; other lines come from the account's start-up files.
private struct ReplyLines {
  private var iterator: SubprocessOutputSequence.AsyncIterator
  private let token: String
  private var rest: [UInt8] = []

  init(_ sequence: SubprocessOutputSequence, token: String) {
    iterator = sequence.makeAsyncIterator()
    self.token = token + " "
  }

  /// - Returns: the next line without the token; `nil` at the end.
  mutating func next() async -> String? {
    while true {
      while let end = rest.firstIndex(of: Byte.lineFeed) {
        let line = String(decoding: rest[..<end], as: UTF8.self)
        rest.removeSubrange(...end)
        if let begin = line.firstRange(of: token) { return String(line[begin.upperBound...]) }
      }
      guard let buffer = try? await iterator.next() else { return nil }
      rest += buffer.withUnsafeBytes(Array.init)
      if rest.count > 64 << 10 { rest.removeFirst(rest.count - 4096) }
    }
  }

  mutating func drain() async { while (try? await iterator.next()) != nil {} }
}
