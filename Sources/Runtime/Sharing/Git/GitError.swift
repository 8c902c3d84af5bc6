/// git did not do what it was asked for.
package enum GitError: Error, Hashable, Sendable {
  case notInstalled
  case notStarted(String)
  case cancelled
  /// It says more than anybody wants to read.
  case tooMuch(command: String)
  /// Ended, for nothing was heard of it for so long.
  case silent(command: String, seconds: Int)
  /// - Parameters:
  ///   - command: git's own, such as `fetch`.
  ///   - lines: its last words, in which a server has a say.
  case failed(command: String, status: Int32, lines: [String])

  var lines: [String] { if case .failed(_, _, let lines) = self { lines } else { [] } }
  func says(_ text: String) -> Bool { lines.contains { $0.contains(text) } }
}

extension GitError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notInstalled: "there is no \"git\" in PATH, and repositories are fetched with it"
    case .notStarted(let why): "git could not be started: \(why)"
    case .cancelled: "git was ended before it was done"
    case .tooMuch(let command): "git \(command) says more than any collection of recipes is worth"
    case .silent(let command, let seconds):
      "git \(command) was ended: the other side has sent nothing for \(seconds) s"
    case .failed(let command, let status, let lines):
      "git \(command) failed with status \(status)" + (lines.isEmpty ? "" : ":\n  " + lines.joined(separator: "\n  "))
    }
  }
}
