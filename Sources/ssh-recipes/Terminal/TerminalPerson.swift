import Contract
import Hosts
import Runs

/// Answers every prompt of a run: with the user's input at a terminal, or with options of the command line.
actor TerminalPerson: Person {
  struct Ways: Sendable {
    /// `--yes`: confirm every prompt, and leave manual steps unconfirmed.
    var saysYes = false
    var acceptsNewHostKeys = false
    var passwordSource: PasswordSource?
    var rootPasswordSource: PasswordSource?
    /// `--answer` and `--secret`.
    var prepared = PreparedAnswers()
    /// `--code-command`: answers a server's questions other than for a password.
    var codeCommand: String?
    /// The number of hosts of the run. With more than one, the user may give one password for all.
    var hostCount = 1
    /// `--ask-once`: one answer for all hosts.
    var asksOnce = false
  }

  private let ways: Ways
  private let conversation: (any Conversation)?
  private let display: (any PausableDisplay)?
  private let turns = TurnQueue()
  private var shared: SharedAnswers
  private var typedLogins: [String: Secret] = [:]
  private var typedJumps: [String: Secret] = [:]

  /// - Parameters:
  ///   - conversation: `nil` without a terminal.
  ///   - display: paused while a prompt is on the screen.
  init(ways: Ways, conversation: (any Conversation)?, display: (any PausableDisplay)?) {
    self.ways = ways
    shared = SharedAnswers(isForAll: ways.asksOnce)
    self.conversation = conversation
    self.display = display
  }

  nonisolated var isPresent: Bool { conversation != nil }

  func secret(for request: SecretRequest, attempt: Int) async -> Secret? {
    if case .serverQuestion(let target, let text, isPassword: false) = request, let command = ways.codeCommand {
      let variables = ["SSH_RECIPES_TARGET": target, "SSH_RECIPES_QUESTION": text]
      guard attempt == 1 else { return nil }
      let answer = await ShellLine.bytes(of: command, variables)
      if case .none(let why) = answer { warn("--code-command: the command \(why), so there is no answer from it") }
      return answer.bytes.map { Secret($0) }
    }
    if let source = source(for: request) {
      // The source would give the same password again, which the host would count as another failed attempt.
      guard attempt == 1 else { return nil }
      let secret = await source.secret()
      if secret == nil, let fault = await source.fault() { warn(fault) }
      return secret
    }
    return await asking { [self] conversation in await type(request, attempt: attempt, conversation) } ?? nil
  }

  private func warn(_ text: String) {
    display?.pause()
    TextStream.standardError.line("warning: \(text)".visible)
    display?.resume()
  }

  private func source(for request: SecretRequest) -> PasswordSource? {
    switch request {
    case .loginPassword: ways.passwordSource
    case .rootPassword: ways.rootPasswordSource
    case .keyPassphrase(let path): ways.prepared.secret(for: "Passphrase of the key \(path)")
    case .recipe(let question): ways.prepared.secret(for: question)
    // A password source is for the target alone.
    case .jumpPassword, .proxyQuestion, .serverQuestion: nil
    }
  }

  private func type(_ request: SecretRequest, attempt: Int, _ conversation: any Conversation) async -> Secret? {
    switch request {
    case .keyPassphrase(let path):
      let again = attempt > 1 ? "Wrong passphrase. " : ""
      return await hidden("\(again)Passphrase of the key \(path.visible): ", conversation)
    case .jumpPassword(let account, let target):
      if attempt == 1, let typed = typedJumps[account] { return typed }
      let again = attempt > 1 ? "Wrong password. " : ""
      let way = "Password of the jump host \(account.visible), on the way to \(target.visible): "
      let typed = await hidden(again + way, conversation)
      typedJumps[account] = typed
      return typed
    case .proxyQuestion(let account, let text, let target):
      let asker = account.map { "The jump host \($0.visible)" } ?? "A program"
      return await answer("\(asker), on the way to \(target.visible),", text, attempt, conversation)
    case .serverQuestion(let target, let text, _):
      return await answer(target.visible, text, attempt, conversation)
    case .recipe(let question):
      if let known = shared.secrets[question] { return known }
      let typed = await hidden("\(question.visible): ", conversation)
      if ways.asksOnce { shared.secrets[question] = typed }
      return typed
    case .loginPassword(let target):
      // The account logs in again: for a rehearsal, a proof, or a lost connection.
      if attempt == 1, let typed = typedLogins[target] { return typed }
      let prompt = "Password of \(target.visible)"
      guard let typed = await password(.login, prompt, target, attempt, conversation) else { return nil }
      typedLogins[target] = typed
      return typed
    case .rootPassword(let target, let tool, let account):
      let isOwn = SecretRequest.isOwn(account, target)
      let login = isOwn ? typedLogins[target] : nil
      let hint = login == nil ? "" : " (Return: same as the login password)"
      let whose = isOwn ? "" : ", that of \((account ?? "root").visible)"
      let typed = await password(
        .root, "\(tool.visible) password of \(target.visible)\(whose)\(hint)", target, attempt, fallback: login,
        conversation)
      return typed
    }
  }

  /// Shows a server's whole question, with its last line as the prompt.
  private func answer(
    _ asker: String, _ text: String, _ attempt: Int, _ conversation: any Conversation
  ) async -> Secret? {
    var lines = text.visibleLines
    let prompt = lines.popLast() ?? ""
    if !lines.isEmpty { conversation.tell("\(asker) says:") }
    for line in lines { conversation.tell("    \(line)") }
    return await hidden("\(attempt > 1 ? "Wrong answer. " : "")\(asker) asks: \(prompt) ", conversation)
  }

  private func password(
    _ kind: SharedAnswers.Kind, _ prompt: String, _ target: String, _ attempt: Int, fallback: Secret? = nil,
    _ conversation: any Conversation
  ) async -> Secret? {
    if let known = shared.password(kind, for: target, attempt) { return known }
    let again = attempt > 1 ? "Wrong password. " : ""
    let scope = attempt == 1 && ways.asksOnce && ways.hostCount > 1 ? ", for all \(ways.hostCount) hosts" : ""
    guard let bytes = await conversation.ask("\(again)\(prompt)\(scope): ", isHidden: true) else { return nil }
    guard let secret = bytes.isEmpty ? fallback : Secret(bytes) else { return nil }
    if ways.hostCount > 1, shared.mustDecide(kind) {
      let answer = await conversation.askText("Use the same for all \(ways.hostCount) hosts? [Y/n] ")
      shared.decide(kind, isForAll: Self.isYes(answer, unless: true))
    }
    if ways.hostCount > 1 { shared.remember(secret, kind, for: target) }
    return secret
  }

  private func hidden(_ prompt: String, _ conversation: any Conversation) async -> Secret? {
    await conversation.ask(prompt, isHidden: true).map { Secret($0) }
  }

  func accept(target: String, keyType: String, fingerprint: String) async -> Bool {
    if ways.acceptsNewHostKeys { return true }
    let answer = await asking { conversation in
      conversation.tell("The host \(target.visible) is unknown. Its \(keyType.visible) key is\n")
      conversation.tell("    \(fingerprint.visible)\n")
      conversation.tell("The host itself shows it with: \(Self.command(showing: keyType, fingerprint))\n")
      return await conversation.askText("Trust this key from now on? [y/N] ")
    }
    return Self.isYes(answer ?? nil, unless: false)
  }

  /// The command that shows a host's key in the same form.
  private static func command(showing keyType: String, _ fingerprint: String) -> String {
    let type = keyType == "ssh-rsa" ? "rsa" : keyType.hasPrefix("ecdsa-") ? "ecdsa" : "ed25519"
    let form = fingerprint.hasPrefix("MD5:") ? "-E md5 " : ""
    return "ssh-keygen \(form)-lf /etc/ssh/ssh_host_\(type)_key.pub"
  }

  func confirms(_ text: String, for target: String) async -> Bool {
    let answer = await asking { conversation in
      for line in text.visibleLines { conversation.tell(line) }
      return await conversation.askText("Yes or no, for the login at \(target.visible)? [y/N] ")
    }
    return Self.isYes(answer ?? nil, unless: false)
  }

  func show(_ text: String, for target: String) async {
    _ = await asking { conversation in
      conversation.tell("Touch your security key now, for the login at \(target.visible): \(text.visible)")
    }
  }

  func answer(_ question: Question) async -> String? {
    if let prepared = ways.prepared.answer(to: question) {
      // After a failed check, the same answer does not help.
      return question.isAgain ? ManualStep.Answer.notDone.rawValue : prepared
    }
    if ways.saysYes {
      switch question.kind {
      case .confirm: return "yes"
      case .manual: return ManualStep.Answer.unconfirmed.rawValue
      case .text, .choice: if let known = question.defaultAnswer { return known }
      }
    }
    if let known = shared.answer(to: question) { return known }
    return await asking { [self] conversation in await put(question, conversation) } ?? nil
  }

  private func put(_ question: Question, _ conversation: any Conversation) async -> String? {
    // Another host's turn may have brought the answer.
    if let known = shared.answer(to: question) { return known }
    let answer = await Questionnaire(conversation).ask(question)
    shared.remember(answer, to: question)
    return answer
  }

  /// Shows the lines and asks for consent to a recipe. `--yes` does not answer this: it covers the prompts of a recipe, not
  /// the recipe itself.
  ///
  /// - Returns: `nil` without a terminal.
  func agrees(to lines: [String], _ question: String) async -> Bool? {
    guard isPresent else { return nil }
    return await asking { conversation in
      for line in lines { conversation.tell(line.visible) }
      return Self.isYes(await conversation.askText("\(question) [y/N] "), unless: false)
    } ?? false
  }

  /// Asks one question at a time, with the live display paused.
  ///
  /// - Returns: `nil` without a terminal, or if the run was cancelled before the question's turn.
  private func asking<Answer: Sendable>(
    _ question: @Sendable (any Conversation) async -> Answer
  ) async -> Answer? {
    guard let conversation, (try? await turns.enter()) != nil else { return nil }
    display?.pause()
    let answer = await question(conversation)
    display?.resume()
    await turns.leave()
    return answer
  }

  static func isYes(_ answer: String?, unless fallback: Bool) -> Bool {
    guard let answer else { return false }
    return answer.isEmpty ? fallback : ["y", "yes"].contains(answer.lowercased())
  }
}
