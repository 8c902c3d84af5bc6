/// A call of git failed.
package enum GitError: Error, Hashable, Sendable {
  case notInstalled
  case notStarted(String)
  case cancelled
  /// The output exceeds the limit.
  case tooMuch(command: String)
  /// Stopped after a long silence.
  case silent(command: String, seconds: Int)
  /// - Parameters:
  ///   - command: git's command, such as `fetch`.
  ///   - lines: git's last messages, which may come from a server.
  case failed(command: String, status: Int32, lines: [String])

  var lines: [String] { if case .failed(_, _, let lines) = self { lines } else { [] } }
  func says(_ text: String) -> Bool { lines.contains { $0.contains(text) } }
}

extension GitError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notInstalled: "there is no \"git\" in PATH, which is needed to fetch repositories"
    case .notStarted(let why): "git could not be started: \(why)"
    case .cancelled: "git was stopped before it finished"
    case .tooMuch(let command): "the output of git \(command) is too large for any collection of recipes"
    case .silent(let command, let seconds):
      "git \(command) was stopped: the server has sent nothing for \(seconds) s"
    case .failed(let command, let status, let lines):
      "git \(command) failed with status \(status)" + (lines.isEmpty ? "" : ":\n  " + lines.joined(separator: "\n  "))
    }
  }
}
