import Contract
import Hosts
import Runs

/// The one place that answers for the person: at the terminal, or, unattended, by what the command line says.
actor TerminalPerson: Person {
  struct Ways: Sendable {
    /// `--yes`: confirmations are agreed to, manual steps taken for done.
    var saysYes = false
    var acceptsNewHostKeys = false
    var passwordSource: PasswordSource?
    var rootPasswordSource: PasswordSource?
    /// How many hosts are named on the command line; with one alone nobody is asked about "all".
    var hostCount = 1
  }

  private enum Kind: Hashable { case login, root }

  private let ways: Ways
  private let conversation: (any Conversation)?
  private let display: (any PausableDisplay)?
  private let turns = Turns()
  private var shared: [Kind: Secret] = [:]
  private var isSharingDecided: Set<Kind> = []
  private var typedLogins: [String: Secret] = [:]

  /// - Parameters:
  ///   - conversation: `nil` where nobody is there.
  ///   - display: what must not draw while a question stands on the screen.
  init(ways: Ways, conversation: (any Conversation)?, display: (any PausableDisplay)?) {
    self.ways = ways
    self.conversation = conversation
    self.display = display
  }

  nonisolated var isPresent: Bool { conversation != nil }

  func secret(for request: SecretRequest, attempt: Int) async -> Secret? {
    if let source = source(for: request) {
      // The same answer again would only count as one more failure on the host.
      return attempt == 1 ? await source.secret() : nil
    }
    return await asking { [self] conversation in await type(request, attempt: attempt, conversation) } ?? nil
  }

  private func source(for request: SecretRequest) -> PasswordSource? {
    switch request {
    case .loginPassword: ways.passwordSource
    case .rootPassword: ways.rootPasswordSource
    case .keyPassphrase, .recipe: nil
    }
  }

  private func type(_ request: SecretRequest, attempt: Int, _ conversation: any Conversation) async -> Secret? {
    switch request {
    case .keyPassphrase(let path):
      let again = attempt > 1 ? "Wrong passphrase. " : ""
      return await hidden("\(again)Passphrase of the key \(path.visible): ", conversation)
    case .recipe(let question): return await hidden("\(question.visible): ", conversation)
    case .loginPassword(let target):
      // The same account once more: a rehearsal, a proof, a connection that was lost.
      if attempt == 1, let typed = typedLogins[target] { return typed }
      guard let typed = await password(.login, "Password of \(target.visible): ", attempt, conversation) else {
        return nil
      }
      typedLogins[target] = typed
      return typed
    case .rootPassword(let target, let tool):
      let login = typedLogins[target]
      let hint = login == nil ? "" : " (Return: the same as for the login)"
      let typed = await password(
        .root, "\(tool.visible) password of \(target.visible)\(hint): ", attempt, fallback: login, conversation)
      return typed
    }
  }

  private func password(
    _ kind: Kind, _ prompt: String, _ attempt: Int, fallback: Secret? = nil, _ conversation: any Conversation
  ) async -> Secret? {
    if attempt == 1, let known = shared[kind] { return known }
    let again = attempt > 1 ? "Wrong password. " : ""
    guard let bytes = await conversation.ask(again + prompt, isHidden: true) else { return nil }
    guard let secret = bytes.isEmpty ? fallback : Secret(bytes) else { return nil }
    if ways.hostCount > 1, isSharingDecided.insert(kind).inserted {
      let answer = await conversation.askText("Use the same for all \(ways.hostCount) hosts? [Y/n] ")
      if Self.isYes(answer, unless: true) { shared[kind] = secret }
    }
    return secret
  }

  private func hidden(_ prompt: String, _ conversation: any Conversation) async -> Secret? {
    await conversation.ask(prompt, isHidden: true).map { Secret($0) }
  }

  func accept(target: String, keyType: String, fingerprint: String) async -> Bool {
    if ways.acceptsNewHostKeys { return true }
    let answer = await asking { conversation in
      conversation.tell("The host \(target.visible) is not known yet. Its \(keyType.visible) key is\n")
      conversation.tell("    \(fingerprint.visible)\n")
      return await conversation.askText("Is this the host that you mean? It will be remembered. [y/N] ")
    }
    return Self.isYes(answer ?? nil, unless: false)
  }

  func answer(_ question: Question) async -> String? {
    if ways.saysYes, !question.isAgain {
      switch question.kind {
      case .confirm: return "yes"
      case .manual: return "done"
      case .text, .choice: if let known = question.defaultAnswer { return known }
      }
    }
    return await asking { conversation in await Questionnaire(conversation).ask(question) } ?? nil
  }

  /// Shows what there is to agree to, and asks. `--yes` does not count: it is about what a recipe asks, and this is about
  /// the recipe.
  ///
  /// - Returns: `nil` when nobody is there.
  func agrees(to lines: [String], _ question: String) async -> Bool? {
    await asking { conversation in
      for line in lines { conversation.tell(line.visible) }
      return Self.isYes(await conversation.askText("\(question) [y/N] "), unless: false)
    }
  }

  /// One question at a time, with the live display out of the way. `nil`: nobody is there.
  private func asking<Answer: Sendable>(
    _ question: @escaping @Sendable (any Conversation) async -> Answer
  ) async -> Answer? {
    guard let conversation else { return nil }
    let display = display
    return await turns.take {
      display?.pause()
      defer { display?.resume() }
      return await question(conversation)
    }
  }

  static func isYes(_ answer: String?, unless fallback: Bool) -> Bool {
    guard let answer else { return false }
    return answer.isEmpty ? fallback : ["y", "yes"].contains(answer.lowercased())
  }
}
