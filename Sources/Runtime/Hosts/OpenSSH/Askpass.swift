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
    // With `none`, ssh only wants a message shown until a security key is touched (readpass.c, notify_start).
    if let kind = getenv("SSH_ASKPASS_PROMPT"), String(cString: kind) == "none" { return 0 }
    guard let connection = UnixSocket.connect(to: path) else { return 1 }
    defer { close(connection) }
    guard UnixSocket.writeAll(Array(prompt.utf8), to: connection) else { return 1 }
    shutdown(connection, Int32(SHUT_WR))
    var answer = UnixSocket.readAll(from: connection)
    guard answer.first == UInt8(ascii: "+") else { return 1 }
    answer.removeFirst()
    return UnixSocket.writeAll(answer + [0x0A], to: STDOUT_FILENO) ? 0 : 1
  }
}
