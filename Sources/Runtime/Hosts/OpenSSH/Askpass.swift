#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The `SSH_ASKPASS` program started by `ssh`: passes the question to the process that started `ssh`, and returns the
/// answer.
package enum Askpass {
  /// The environment variable with the socket's path. A process with this variable is an askpass program; the path
  /// is no secret.
  package static let variable = "SSH_RECIPES_ASKPASS"

  /// - Parameters:
  ///   - prompt: the first argument from `ssh`.
  ///   - socket: the path of the Unix socket.
  /// - Returns: the exit status: 0 with the answer on standard output, 1 without an answer.
  package static func main(prompt: String, socket path: String) -> Int32 {
    // `ssh` starts an askpass program directly, so the parent is the asking `ssh`: ours, or a jump host's.
    let asker = getppid()
    let kind = getenv("SSH_ASKPASS_PROMPT").flatMap { AskpassMessage.Kind(rawValue: String(cString: $0)) } ?? .text
    guard let connection = UnixSocket.connect(to: path) else { return 1 }
    defer { close(connection) }
    let message = AskpassMessage(prompt: prompt, kind: kind, asker: asker)
    guard UnixSocket.writeAll(message.bytes, to: connection) else { return 1 }
    shutdown(connection, Int32(SHUT_WR))
    switch AskpassReply(UnixSocket.readAll(from: connection)) {
    case .answer(let answer): return UnixSocket.writeAll(answer + [0x0A], to: STDOUT_FILENO) ? 0 : 1
    case .none: return kind == .none ? 0 : 1
    case .giveUp:
      // After the parent's end, the number may belong to another process.
      if asker > 1, getppid() == asker { kill(asker, SIGTERM) }
      return 1
    }
  }
}
