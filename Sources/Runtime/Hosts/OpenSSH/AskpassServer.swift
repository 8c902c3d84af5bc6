import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The server that answers `SSH_ASKPASS` questions: one connection per question, on a socket in a private directory.
///
/// Unchecked, because dispatch sources are not marked Sendable; all access is on `queue`.
final class AskpassServer: @unchecked Sendable {
  typealias Answer = @Sendable (AskpassMessage) async -> AskpassReply

  private let queue = DispatchQueue(label: "askpass")
  private let listener: any DispatchSourceRead
  private let answer: Answer
  private var questions: [Int32: (source: any DispatchSourceRead, text: [UInt8])] = [:]
  private static let longestPrompt = 16 << 10

  /// - Throws: ``HostError/client(_:)``.
  init(path: String, answer: @escaping Answer) throws {
    guard let descriptor = UnixSocket.listen(at: path) else {
      throw HostError.client("the socket \"\(path)\" for password questions could not be made")
    }
    self.answer = answer
    listener = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
    listener.setEventHandler { [weak self] in self?.accept(from: descriptor) }
    listener.setCancelHandler { close(descriptor) }
    listener.activate()
  }

  func stop() {
    queue.sync {
      listener.cancel()
      for question in questions.values { question.source.cancel() }
      questions = [:]
    }
  }

  private func accept(from descriptor: Int32) {
    let connection = acceptOne(descriptor)
    guard connection >= 0 else { return }
    _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
    let source = DispatchSource.makeReadSource(fileDescriptor: connection, queue: queue)
    source.setEventHandler { [weak self] in self?.read(from: connection) }
    questions[connection] = (source, [])
    source.activate()
  }

  private func read(from connection: Int32) {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = systemRead(connection, &buffer, buffer.count)
    if count > 0, let question = questions[connection], question.text.count < Self.longestPrompt {
      questions[connection]?.text += buffer[..<count]
      return
    }
    guard let question = questions.removeValue(forKey: connection) else { return }
    let message = AskpassMessage(question.text)
    let answer = answer
    question.source.setCancelHandler {
      Task {
        let reply: AskpassReply = if let message { await answer(message) } else { .none }
        _ = UnixSocket.writeAll(reply.bytes, to: connection)
        close(connection)
      }
    }
    question.source.cancel()
  }
}

// Outside the type, whose own method names would hide the system's functions.
private func acceptOne(_ descriptor: Int32) -> Int32 { accept(descriptor, nil, nil) }
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(descriptor, buffer, count)
}
