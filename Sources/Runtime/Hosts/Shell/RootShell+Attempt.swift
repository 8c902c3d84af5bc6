import Synchronization

extension RootShell {
  /// One attempt to become root: the answers given, and the result.
  final class Attempt: Sendable {
    private struct Record {
      var answered: Secret?
      var answers = 0
      var wasNobodyThere = false
      var isGivenUp = false
      var end: ShellEnd?
    }

    /// The master's words for a server that accepts no more sessions (mux.c).
    static let tooManySessions = "Session open refused by peer"

    private let tool: RootCommand.Tool
    private let known: Secret?
    private let target: String
    private let secrets: any SecretSource
    private let record = Mutex(Record())

    init(tool: RootCommand.Tool, known: Secret?, target: String, secrets: any SecretSource) {
      self.tool = tool
      self.known = known
      self.target = target
      self.secrets = secrets
    }

    var working: Secret? { record.withLock { $0.answered } ?? known }
    var end: ShellEnd? { record.withLock { $0.end } }

    private var request: SecretRequest { .rootPassword(target: target, tool: tool.rawValue) }

    /// The answer to prompt number `attempt`; `nil` gives up. The third try stays unused: sudo would count a failure.
    var answer: @Sendable (Int) async -> Secret? {
      { attempt in
        if attempt == 1, let known = self.known {
          self.record.withLock { $0.answers += 1 }
          return known
        }
        let secret = attempt > 2 ? nil : await self.secrets.secret(for: self.request, attempt: attempt)
        self.record.withLock {
          $0.answered = secret
          if secret != nil { $0.answers += 1 }
          $0.isGivenUp = secret == nil
          $0.wasNobodyThere = secret == nil && attempt == 1
        }
        return secret
      }
    }

    /// - Returns: whether the user gave another password, stored in ``working``.
    func askAgain() async -> Bool {
      guard known == nil else { return false }
      let secret = await secrets.secret(for: request, attempt: 2)
      record.withLock { if let secret { $0.answered = secret } }
      return secret != nil
    }

    func ended(_ end: ShellEnd) { record.withLock { $0.end = end } }

    private var text: String {
      (end?.noise ?? "").split(whereSeparator: \.isNewline).map { $0.trimmingPrefix(while: \.isWhitespace) }
        .filter { !$0.isEmpty }.suffix(4).joined(separator: "\n")
    }

    /// sudo's own messages in the C locale, set by ``RootCommand`` (plugins/sudoers, src/).
    var wantsTerminal: Bool {
      ["you must have a tty", "a terminal is required", "no tty present"].contains(where: text.contains)
    }

    var wasWrong: Bool {
      let record = record.withLock { $0 }
      guard record.answers > 0 else { return false }
      return !isNotAllowed
    }

    private var isNotAllowed: Bool {
      [
        "not in the sudoers", "is not allowed to", "may not run sudo", "Operation not permitted",
        "not in the group wheel", "not in the correct group",
      ].contains(where: text.contains)
    }

    /// The reason for a refusal; `nil` when the connection ended.
    var refusal: HostError? {
      let record = record.withLock { $0 }
      if record.wasNobodyThere { return .secretNeeded(request) }
      // The master's message when the server accepts no more sessions (mux.c); `ssh` then ends as for a lost
      // connection.
      if let line = text.split(separator: "\n").first(where: { $0.contains(RootShell.Attempt.tooManySessions) }) {
        return .rootRefused(.other(tool: tool.rawValue, text: String(line)))
      }
      if text.contains("must be suid") { return .rootRefused(.noTool) }
      if isNotAllowed { return .rootRefused(.notAllowed(tool: tool.rawValue, text: text)) }
      if record.isGivenUp || (record.answers > 0 && record.end?.status == 1) {
        return .rootRefused(.wrongPassword(tool: tool.rawValue))
      }
      if record.end?.status == 255 { return nil }
      return .rootRefused(.other(tool: tool.rawValue, text: text))
    }
  }
}
