import Diagnosis
import Synchronization

extension RootShell {
  /// One attempt to become root: the answers given, and the result.
  final class Attempt: Sendable {
    private struct Record {
      var answered: Secret?
      var answers = 0
      /// The question that no source answers.
      var unanswered: SecretRequest?
      var isGivenUp = false
      /// The number of answers to each question other than the tool's prompt.
      var questions: [String: Int] = [:]
      /// The account whose password the tool wants, if the tool names the account.
      var account: String?
      var end: ShellEnd?
    }

    /// The master's words for a server that accepts no more sessions (mux.c).
    static let tooManySessions = "Session open refused by peer"

    private let tool: RootWay.Tool
    private let known: Secret?
    private let target: String
    private let secrets: any SecretSource
    private let record = Mutex(Record())

    init(tool: RootWay.Tool, known: Secret?, target: String, secrets: any SecretSource) {
      self.tool = tool
      self.known = known
      self.target = target
      self.secrets = secrets
    }

    var working: Secret? { record.withLock { $0.answered } ?? known }
    var end: ShellEnd? { record.withLock { $0.end } }

    private var request: SecretRequest {
      let account = tool == .su ? "root" : record.withLock(\.account)
      return .rootPassword(target: target, tool: tool.rawValue, of: account)
    }

    /// The answer to prompt number `attempt`; `nil` gives up. The last try is left unused: sudo would log a failure.
    var answer: @Sendable (Int, String?) async -> Secret? {
      { attempt, account in
        self.record.withLock { $0.account = account }
        if attempt == 1, let known = self.known {
          self.record.withLock { $0.answers += 1 }
          return known
        }
        let request = self.request
        let secret = attempt > 2 ? nil : await self.secrets.secret(for: request, attempt: attempt)
        self.record.withLock {
          $0.answered = secret
          if secret != nil { $0.answers += 1 }
          $0.isGivenUp = secret == nil
          if secret == nil, attempt == 1 { $0.unanswered = request }
        }
        return secret
      }
    }

    /// The answer to a question other than the tool's prompt; `nil` gives up.
    var answerQuestion: @Sendable (String) async -> Secret? {
      { text in
        let user = self.tool == .su ? "root" : self.target.lastIndex(of: "@").map { String(self.target[..<$0]) }
        let prompt = ToolQuestion(text)?.prompt(of: user) ?? .other
        if prompt == .loginPassword { return await self.answer(self.record.withLock(\.answers) + 1, nil) }
        let request = SecretRequest.serverQuestion(
          target: self.target, text: text, isPassword: prompt == .otherPassword)
        let attempt = self.record.withLock(\.questions)[text, default: 0] + 1
        let secret = attempt > 2 ? nil : await self.secrets.secret(for: request, attempt: attempt)
        self.record.withLock {
          if secret == nil, attempt == 1 { $0.unanswered = request } else { $0.questions[text] = attempt }
          $0.isGivenUp = secret == nil
        }
        return secret
      }
    }

    var silence: @Sendable (Bool, String) -> HostError {
      { hasBegun, text in
        .rootRefused(
          hasBegun
            ? .waits(tool: self.tool.rawValue, text: Self.last(of: text)) : .notStarted(text: Self.last(of: text)))
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

    private static func last(of text: String) -> String {
      text.split(whereSeparator: \.isNewline).map { $0.trimmingPrefix(while: \.isWhitespace) }
        .filter { !$0.isEmpty }.suffix(4).joined(separator: "\n")
    }

    private var text: String { Self.last(of: end?.noise ?? "") }

    private func says(_ signs: [String]) -> Bool { signs.contains(where: text.contains) }

    /// sudo's own messages in the C locale, set by ``RootCommand`` (plugins/sudoers, src/).
    var wantsTerminal: Bool {
      says(["you must have a tty", "a terminal is required", "no tty present", "a tty is required"])
    }

    /// Whether sudo is another program of the same name, with other options.
    var lacksOptions: Bool {
      guard record.withLock(\.answers) == 0 else { return false }
      let text = text.lowercased()
      return [
        "unrecognized option", "invalid option", "illegal option", "unknown option", "unrecognized argument",
        "unexpected argument", "usage:",
      ].contains(where: text.contains)
    }

    /// Whether the tool, as installed, cannot make any account root.
    var isUnusable: Bool { Cause.recognized(in: [text], among: [.sudoUnusable]) != nil }

    /// Asked again means refused; doas and su ask once, and say so. A refusal by PAM's account rules comes after a right
    /// password, and looks different.
    var wasWrong: Bool {
      let record = record.withLock { $0 }
      guard record.answers > 0 || !record.questions.isEmpty, !isNotAllowed else { return false }
      return record.isGivenUp || says(Cause.wrongRootPasswordSigns) || tool != .sudo && text.isEmpty
    }

    private var isNotAllowed: Bool { says(Cause.sudoNotAllowed.signs + Cause.sudoLimited.signs) }

    /// The reason for a refusal; `nil` when the connection ended.
    var refusal: HostError? {
      let record = record.withLock { $0 }
      if let question = record.unanswered { return .secretNeeded(question) }
      // The master's message when the server accepts no more sessions (mux.c); `ssh` then ends as for a lost
      // connection.
      if let line = text.split(separator: "\n").first(where: { $0.contains(RootShell.Attempt.tooManySessions) }) {
        return .rootRefused(.other(tool: tool.rawValue, text: String(line)))
      }
      if text.contains("must be suid") { return .rootRefused(.noTool) }
      if isUnusable { return .rootRefused(.unusable(tool: tool.rawValue, text: text)) }
      if isNotAllowed { return .rootRefused(.notAllowed(tool: tool.rawValue, text: text)) }
      if wasWrong, let question = record.questions.keys.min() {
        return .rootRefused(.wrongAnswers(tool: tool.rawValue, question: question))
      }
      if wasWrong {
        return .rootRefused(.wrongPassword(tool: tool.rawValue, of: tool == .su ? "root" : record.account))
      }
      if record.end?.status == 255 { return nil }
      if record.end?.status == RootCommand.madeAnother, text.isEmpty {
        return .rootRefused(.other(tool: tool.rawValue, text: "it made another account than root"))
      }
      return .rootRefused(.other(tool: tool.rawValue, text: text))
    }
  }
}
