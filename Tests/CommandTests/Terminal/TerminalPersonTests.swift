import Synchronization
import Testing

@testable import Contract
@testable import Hosts
@testable import ssh_recipes

/// A terminal with a person who has their answers ready.
final class ScriptedConversation: Conversation {
  private let state: Mutex<(answers: [String], heard: [String])>
  init(_ answers: String...) { state = Mutex((answers, [])) }
  init(answers: [String]) { state = Mutex((answers, [])) }

  func ask(_ prompt: String, isHidden: Bool) async -> [UInt8]? {
    state.withLock { state in
      state.heard.append((isHidden ? "(hidden) " : "") + prompt)
      return state.answers.isEmpty ? nil : Array(state.answers.removeFirst().utf8)
    }
  }
  func tell(_ text: String) { state.withLock { $0.heard.append(text) } }
  /// Everything that the person saw.
  var heard: [String] { state.withLock(\.heard) }
}

@Suite("The person at the terminal")
struct TerminalPersonTests {
  private func text(_ secret: Secret?) -> String? { secret.map { String(decoding: $0.reveal(), as: UTF8.self) } }

  @Test("is asked once for many hosts, if they say so")
  func shared() async {
    let conversation = ScriptedConversation("raspberry", "")
    let person = TerminalPerson(ways: .init(hostCount: 3), conversation: conversation, display: nil)
    for host in ["pi@a", "pi@b", "pi@c"] {
      #expect(text(await person.secret(for: .loginPassword(target: host), attempt: 1)) == "raspberry")
    }
    #expect(conversation.heard == ["(hidden) Password of pi@a: ", "Use the same for all 3 hosts? [Y/n] "])
  }

  @Test("is asked for each host when they say no, and about that only once")
  func notShared() async {
    let conversation = ScriptedConversation("one", "n", "two")
    let person = TerminalPerson(ways: .init(hostCount: 2), conversation: conversation, display: nil)
    #expect(text(await person.secret(for: .loginPassword(target: "a"), attempt: 1)) == "one")
    #expect(text(await person.secret(for: .loginPassword(target: "b"), attempt: 1)) == "two")
    #expect(
      conversation.heard == [
        "(hidden) Password of a: ", "Use the same for all 2 hosts? [Y/n] ", "(hidden) Password of b: ",
      ])
  }

  @Test func `a password typed in place of a wrong one is tried on the other hosts, once on each`() async {
    let conversation = ScriptedConversation("wrong", "y", "right", "other")
    let person = TerminalPerson(ways: .init(hostCount: 3), conversation: conversation, display: nil)
    var given: [String?] = []
    for (host, attempt) in [("a", 1), ("b", 1), ("a", 2), ("b", 2), ("c", 1), ("c", 2)] {
      given.append(text(await person.secret(for: .loginPassword(target: host), attempt: attempt)))
    }
    #expect(given == ["wrong", "wrong", "right", "right", "right", "other"])
    #expect(
      conversation.heard == [
        "(hidden) Password of a: ", "Use the same for all 3 hosts? [Y/n] ", "(hidden) Wrong password. Password of a: ",
        "(hidden) Wrong password. Password of c: ",
      ])
  }

  @Test func `with --ask-once each question is asked once, but for manual steps and jump hosts`() async {
    let conversation = ScriptedConversation("raspberry", "token", "y", "blue", "", "", "gate")
    let person = TerminalPerson(ways: .init(hostCount: 2, asksOnce: true), conversation: conversation, display: nil)
    for host in ["a", "b"] {
      #expect(text(await person.secret(for: .loginPassword(target: host), attempt: 1)) == "raspberry")
      #expect(text(await person.secret(for: .recipe(question: "Token"), attempt: 1)) == "token")
      var question = Question("Sure?", kind: .confirm)
      question.subject = host
      #expect(await person.answer(question) == "yes")
      #expect(await person.answer(Question("Colour?", kind: .text)) == "blue")
      #expect(await person.answer(Question("Enable SSH", kind: .manual(clicks: "there"))) == "done")
    }
    #expect(text(await person.secret(for: .jumpPassword(account: "pi@gate", target: "a"), attempt: 1)) == "gate")
    #expect(
      conversation.heard.filter { !$0.hasPrefix(" ") && !$0.isEmpty } == [
        "(hidden) Password of a, for all 2 hosts: ", "(hidden) Token: ", "a: Sure? [y/N] ", "Colour? ",
        "Manual step: Enable SSH\n",
        "Is it done? Return or y: done, n: not done, s: skip it. ", "Manual step: Enable SSH\n",
        "Is it done? Return or y: done, n: not done, s: skip it. ",
        "(hidden) Password of the jump host pi@gate, on the way to a: ",
      ])
  }

  @Test("is asked again, and told why, when the answer was wrong")
  func wrong() async {
    let conversation = ScriptedConversation("one", "two")
    let person = TerminalPerson(ways: .init(), conversation: conversation, display: nil)
    #expect(text(await person.secret(for: .loginPassword(target: "a"), attempt: 1)) == "one")
    #expect(text(await person.secret(for: .loginPassword(target: "a"), attempt: 2)) == "two")
    #expect(conversation.heard == ["(hidden) Password of a: ", "(hidden) Wrong password. Password of a: "])
  }

  @Test("can use the login's password for sudo with Return alone")
  func root() async {
    let conversation = ScriptedConversation("one", "")
    let person = TerminalPerson(ways: .init(), conversation: conversation, display: nil)
    _ = await person.secret(for: .loginPassword(target: "a"), attempt: 1)
    #expect(text(await person.secret(for: .rootPassword(target: "a", tool: "sudo"), attempt: 1)) == "one")
    #expect(
      conversation.heard.last == "(hidden) sudo password of a (Return: same as the login password): ")
  }

  @Test("need not be there when a command gives the password, which is run once and never twice for a wrong one")
  func command() async {
    let source = PasswordSource(.command("printf 'rasp berry\\r\\nsecond line'"))
    let person = TerminalPerson(ways: .init(passwordSource: source), conversation: nil, display: nil)
    #expect(text(await person.secret(for: .loginPassword(target: "a"), attempt: 1)) == "rasp berry")
    #expect(text(await person.secret(for: .loginPassword(target: "b"), attempt: 1)) == "rasp berry")
    #expect(text(await person.secret(for: .loginPassword(target: "a"), attempt: 2)) == nil)
    #expect(text(await person.secret(for: .rootPassword(target: "a", tool: "sudo"), attempt: 1)) == nil)
  }

  @Test(
    "a command that fails gives no password, and the reason is told once",
    arguments: [
      ("printf x; exit 3", "ended with status 3"), ("true", "printed no line"), ("kill -9 $$", "was ended by a signal"),
    ])
  func failingCommand(command: String, why: String) async {
    let source = PasswordSource(.command(command), option: "--password-command")
    #expect(text(await source.secret()) == nil)
    #expect(await source.fault() == "--password-command: the command \(why), so there is no answer from it")
    #expect(await source.fault() == nil)
  }

  @Test("sees the fingerprint before a host is trusted, and must say yes")
  func hostKey() async {
    for (answer, isTrusted) in [("yes", true), ("", false), ("n", false)] {
      let conversation = ScriptedConversation(answer)
      let person = TerminalPerson(ways: .init(), conversation: conversation, display: nil)
      #expect(await person.accept(target: "a", keyType: "ssh-ed25519", fingerprint: "SHA256:x") == isTrusted)
      #expect(
        conversation.heard == [
          "The host a is unknown. Its ssh-ed25519 key is\n", "    SHA256:x\n",
          "The host itself shows it with: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub\n",
          "Trust this key from now on? [y/N] ",
        ])
    }
  }

  @Test("nobody there: no key is trusted, no question answered, unless the command line says so")
  func unattended() async {
    let nobody = TerminalPerson(ways: .init(), conversation: nil, display: nil)
    #expect(await nobody.accept(target: "a", keyType: "ssh-ed25519", fingerprint: "SHA256:x") == false)
    #expect(await nobody.answer(Question("Sure?", kind: .confirm)) == nil)
    let yes = TerminalPerson(
      ways: .init(saysYes: true, acceptsNewHostKeys: true), conversation: nil, display: nil)
    #expect(await yes.accept(target: "a", keyType: "ssh-ed25519", fingerprint: "SHA256:x"))
    #expect(await yes.answer(Question("Sure?", kind: .confirm, defaultAnswer: "no")) == "yes")
    #expect(await yes.answer(Question("Click", kind: .manual(clicks: "there"))) == "not confirmed")
    #expect(await yes.answer(Question("Name?", kind: .text, defaultAnswer: "pi")) == "pi")
    #expect(await yes.answer(Question("Name?", kind: .text)) == nil)
  }

  @Test("is asked until the answer is one of the choices")
  func choice() async {
    let conversation = ScriptedConversation("ed2551", "rsa")
    let person = TerminalPerson(ways: .init(), conversation: conversation, display: nil)
    #expect(await person.answer(Question("Which type?", kind: .choice(["ed25519", "rsa"]))) == "rsa")
    #expect(
      conversation.heard == [
        "Which type? (ed25519, rsa) ", "\"ed2551\" is not one of ed25519, rsa; did you mean \"ed25519\"?",
        "Which type? (ed25519, rsa) ",
      ])
  }

  @Test("is shown what to click, and can skip it")
  func manual() async {
    let conversation = ScriptedConversation("s")
    let person = TerminalPerson(ways: .init(), conversation: conversation, display: nil)
    let question = Question("Enable SSH", kind: .manual(clicks: "Control Panel\nTerminal & SNMP"))
    #expect(await person.answer(question) == "skipped")
    #expect(
      conversation.heard == [
        "Manual step: Enable SSH\n", "    Control Panel", "    Terminal & SNMP", "",
        "Is it done? Return or y: done, n: not done, s: skip it. ",
      ])
  }

  @Test(
    "a manual step is done only with Return or yes",
    arguments: [
      ([""], "done"), (["Y"], "done"), (["n"], "not done"), (["No"], "not done"), (["what", "s"], "skipped"),
      ([], nil),
    ])
  func manualAnswers(answers: [String], result: String?) async {
    let conversation = ScriptedConversation(answers: answers)
    let person = TerminalPerson(ways: .init(), conversation: conversation, display: nil)
    #expect(await person.answer(Question("Enable SSH", kind: .manual(clicks: "there"))) == result)
  }

  @Test("questions and secrets are answered by the command line, each by a part of its text")
  func prepared() async {
    let prepared = PreparedAnswers(
      answers: ["back to pi=yes", "enable ssh=y", "Which type=rsa"], secrets: ["Backup=printf opensesame"])
    let person = TerminalPerson(ways: .init(saysYes: true, prepared: prepared), conversation: nil, display: nil)
    let owner = Question("Give ~/.ssh back to pi, as root?", kind: .choice(["yes", "no"]), defaultAnswer: "no")
    #expect(await person.answer(owner) == "yes")
    #expect(await person.answer(Question("Enable SSH", kind: .manual(clicks: "there"))) == "done")
    #expect(
      await person.answer(Question("Enable SSH", kind: .manual(clicks: "there"), isAgain: true)) == "not done")
    #expect(await person.answer(Question("Which type?", kind: .text)) == "rsa")
    #expect(await person.answer(Question("Which host?", kind: .text)) == nil)
    let secret = await person.secret(for: .recipe(question: "Password of the backup account"), attempt: 1)
    #expect(secret?.reveal() == Array("opensesame".utf8))
    #expect(await person.secret(for: .recipe(question: "Another"), attempt: 1) == nil)
  }

  @Test("a prompt names the host that it is about, where there are several")
  func subject() async {
    let conversation = ScriptedConversation("y", "")
    let person = TerminalPerson(ways: .init(), conversation: conversation, display: nil)
    var question = Question("Go on?", kind: .confirm)
    question.subject = "pi@a"
    #expect(await person.answer(question) == "yes")
    #expect(conversation.heard == ["pi@a: Go on? [y/N] "])
  }

  @Test func `a jump host's password is asked for once, by its own name, and never taken from the target's`() async {
    let conversation = ScriptedConversation("for-the-jump")
    let person = TerminalPerson(
      ways: .init(passwordSource: PasswordSource(.command("echo for-the-target")), hostCount: 2),
      conversation: conversation, display: nil)
    for target in ["pi@a", "pi@b"] {
      #expect(
        text(await person.secret(for: .jumpPassword(account: "me@jump", target: target), attempt: 1)) == "for-the-jump")
      #expect(text(await person.secret(for: .loginPassword(target: target), attempt: 1)) == "for-the-target")
    }
    #expect(conversation.heard == ["(hidden) Password of the jump host me@jump, on the way to pi@a: "])
  }

  @Test func `a server's question is shown whole, with the name of who asks and without control characters`() async {
    let conversation = ScriptedConversation("123456")
    let person = TerminalPerson(ways: .init(), conversation: conversation, display: nil)
    let question = SecretRequest.serverQuestion(
      target: "pi@a", text: "Welcome\u{1B}[2J\nVerification code:", isPassword: false)
    #expect(text(await person.secret(for: question, attempt: 1)) == "123456")
    #expect(conversation.heard.first == "pi@a says:")
    #expect(conversation.heard.last == "(hidden) pi@a asks: Verification code: ")
    #expect(conversation.heard.count == 3 && !conversation.heard.joined().contains("\u{1B}"))
  }

  @Test func `a command answers a code, and no question for a password`() async {
    let person = TerminalPerson(
      ways: .init(codeCommand: #"printf '%s, %s' "$SSH_RECIPES_TARGET" "$SSH_RECIPES_QUESTION""#), conversation: nil,
      display: nil)
    func asks(_ text: String, isPassword: Bool = false, attempt: Int = 1) async -> String? {
      let question = SecretRequest.serverQuestion(target: "pi@a", text: text, isPassword: isPassword)
      return self.text(await person.secret(for: question, attempt: attempt))
    }
    #expect(await asks("What's the code?") == "pi@a, What's the code?")
    #expect(await asks("$(id) `id`") == "pi@a, $(id) `id`")
    #expect(await asks("Code:", attempt: 2) == nil)
    #expect(await asks("New password:", isPassword: true) == nil)
    #expect(
      await person.secret(for: .proxyQuestion(account: nil, text: "Code:", target: "pi@a"), attempt: 1) == nil)
  }
}
