import Synchronization
import Testing

@testable import Hosts

/// The asker decides where a secret goes.
@Suite struct LoginQuestionsTests {
  private static let start = """
    debug1: Authenticating to nas:22 as 'pi'
    debug1: Authentications that can continue: publickey,password,keyboard-interactive
    debug1: Next authentication method: keyboard-interactive

    """
  private static let refusal = "debug1: Authentications that can continue: publickey,password,keyboard-interactive\n"
  private static let proxy = "debug1: Executing proxy command: exec ssh -v -W '[nas]:22' jump\n"
  private static let ours: Int32 = 100
  private static let jump: Int32 = 200
  private static let password = SecretRequest.loginPassword(target: "pi@nas")
  private static let yes = AskpassReply.answer(Array("first".utf8))

  /// One login with a growing log.
  private final class Scene: Sendable {
    let person: TestPerson
    let questions: LoginQuestions
    private let log: Log

    private final class Log: Sendable {
      let text: Mutex<String>
      let ends = Mutex(0)
      init(_ text: String) { self.text = Mutex(text) }
    }

    init(_ text: String, secrets: [String] = []) {
      let log = Log(text)
      self.log = log
      person = TestPerson(secrets)
      questions = LoginQuestions(
        target: Target(user: "pi", host: "nas"), secrets: person, hostKeys: person,
        logText: { log.text.withLock { $0 } }, client: { LoginQuestionsTests.ours },
        giveUp: { log.ends.withLock { $0 += 1 } })
    }

    var ends: Int { log.ends.withLock { $0 } }

    func logs(_ more: String) { log.text.withLock { $0 += more } }

    func asks(_ prompt: String, by asker: Int32 = LoginQuestionsTests.ours) async -> AskpassReply {
      await questions.answer(AskpassMessage(prompt: prompt, asker: asker))
    }
  }

  @Test func `the server's prompt gets the account's password`() async {
    let scene = Scene(Self.start, secrets: ["first"])
    #expect(await scene.asks("(pi@nas) Welcome to the new host\nPassword: ") == Self.yes)
    #expect(await scene.person.asked == [Self.password])
    #expect(await scene.questions.answers == LoginQuestions.Answers(isPasswordTried: true))
  }

  @Test(arguments: ["pi@jump's password: ", "(pi@jump) Password: ", "pi@nas's password: "])
  func `a jump host's prompt never gets the target's password`(_ prompt: String) async {
    let scene = Scene(Self.proxy)
    #expect(await scene.asks(prompt, by: Self.jump) == .giveUp)
    let account = prompt.contains("jump") ? "pi@jump" : "pi@nas"
    let request = SecretRequest.jumpPassword(account: account, target: "pi@nas")
    #expect(await scene.person.asked == [request])
    #expect(await scene.questions.failure == .secretNeeded(request))
    #expect(scene.ends == 1)
  }

  @Test func `any other question on the way is a question of the way`() async {
    let scene = Scene(Self.proxy + Self.start)
    #expect(await scene.asks("Password:", by: Self.jump) == .giveUp)
    #expect(await scene.person.asked == [.proxyQuestion(account: nil, text: "Password:", target: "pi@nas")])
  }

  @Test func `a wrapper in place of ssh is ours where no proxy is in use`() async {
    let scene = Scene(Self.start, secrets: ["first"])
    #expect(await scene.asks("(pi@nas) Password: ", by: Self.jump) == Self.yes)
  }

  @Test(arguments: ["(pi@other) Password: ", "pi@other's password: ", "(root@nas) Password: "])
  func `another account's name in the target's prompt gets no password`(_ prompt: String) async {
    let scene = Scene(Self.start)
    #expect(await scene.asks(prompt) == .giveUp)
    let asked = await scene.person.asked
    guard case .serverQuestion("pi@nas", _, isPassword: true)? = asked.first else {
      Issue.record("\(asked)")
      return
    }
  }

  @Test func `HostKeyAlias and long names are the account's own`() async {
    let user = String(repeating: "u", count: 40)
    let scene = Scene(
      """
      debug1: using hostkeyalias: box
      debug1: Authenticating to nas:22 as '\(user)'
      debug1: Next authentication method: password

      """, secrets: ["first"])
    #expect(await scene.asks("\(user.prefix(30))@box's password: ") == Self.yes)
    scene.logs("debug1: Next authentication method: keyboard-interactive\n")
    #expect(await scene.asks("(\(user)@box) Password: ") == Self.yes)
    #expect(await scene.person.asked == [.loginPassword(target: "\(user)@nas"), .loginPassword(target: "\(user)@nas")])
  }

  @Test func `an answer that is asked for again after a refusal was wrong`() async {
    let scene = Scene(Self.start, secrets: ["first"])
    #expect(await scene.asks("(pi@nas) Password: ") == Self.yes)
    scene.logs(Self.refusal)
    #expect(await scene.asks("(pi@nas) Password: ") == .giveUp)
    #expect(await scene.questions.failure == nil)
    #expect(await scene.questions.answers == LoginQuestions.Answers(isPasswordTried: true, isRefused: true))
  }

  @Test func `a second module's prompt is another question, however it is worded`() async {
    let scene = Scene(Self.start, secrets: ["first"])
    #expect(await scene.asks("(pi@nas) Password: ") == Self.yes)
    _ = await scene.asks("(pi@nas) Of the vault:\nPassword: ")
    let text = "Of the vault:\nanother password (the first was not refused):"
    let request = SecretRequest.serverQuestion(target: "pi@nas", text: text, isPassword: true)
    #expect(await scene.person.asked == [Self.password, request])
  }

  @Test func `a prompt of another method after a partial success is no refusal`() async {
    let other = Scene(Self.start, secrets: ["first"])
    #expect(await other.asks("(pi@nas) Password: ") == Self.yes)
    other.logs("Authenticated using \"keyboard-interactive\" with partial success.\n" + Self.refusal)
    other.logs("debug1: Next authentication method: password\n")
    #expect(await other.asks("pi@nas's password: ") == Self.yes)
  }

  @Test(arguments: [("/k/id", SecretRequest.keyPassphrase(path: "/k/id")), ("/k/other", password)])
  func `where the server accepts a locked key, the passphrase is missing, and no password`(
    _ path: String, _ missing: SecretRequest
  ) async {
    let start = "debug1: Authenticating to nas:22 as 'pi'\ndebug1: Next authentication method: publickey\n"
    let scene = Scene(start + "debug1: Server accepts key: /k/id ED25519 SHA256:x explicit\n")
    #expect(await scene.asks("Enter passphrase for key '\(path)': ") == .none)
    scene.logs("debug1: Next authentication method: password\n")
    #expect(await scene.asks("pi@nas's password: ") == .giveUp)
    #expect(await scene.questions.failure == .secretNeeded(missing))
    let refused = HostError.loginRefused(LoginRefusal(methods: ["publickey"]))
    let explained = missing == Self.password ? refused : .secretNeeded(missing)
    #expect(await scene.questions.explained(refused) == explained)
  }

  @Test(arguments: [
    (#"sign_and_send_pubkey: signing failed for ED25519 "me" from agent: agent refused operation"#, "agent-refused"),
    (#"Load key "/k/id": bad permissions"#, "private-key-modes"),
    (#"Load key "/k/id": error in libcrypto"#, "key-format"),
  ])
  func `a key that the server accepts and ssh cannot use is named, and no password`(
    _ line: String, _ cause: String
  ) async {
    let start = "debug1: Authenticating to nas:22 as 'pi'\ndebug1: Server accepts key: /k/id ED25519 SHA256:x agent\n"
    let scene = Scene(start + line + "\ndebug1: Next authentication method: password\n")
    #expect(await scene.asks("pi@nas's password: ") == .giveUp)
    #expect(await scene.questions.failure == .keyUnusable(line))
    #expect(await scene.questions.failure?.diagnosis(target: nil)?.cause.id == cause)
    let refused = HostError.loginRefused(LoginRefusal(methods: ["publickey"]))
    #expect(await scene.questions.explained(refused) == .keyUnusable(line))
  }

  @Test func `a code is a question of its own, and needs an answer of its own`() async {
    let scene = Scene(Self.start, secrets: ["first"])
    #expect(await scene.asks("(pi@nas) Password: ") == Self.yes)
    #expect(await scene.asks("(pi@nas) Verification code: ") == Self.yes)
    let code = SecretRequest.serverQuestion(target: "pi@nas", text: "Verification code:", isPassword: false)
    #expect(await scene.person.asked == [Self.password, code])
    #expect(await scene.asks("(pi@nas) Verification code: ") == .giveUp)
    #expect(
      await scene.questions.answers
        == LoginQuestions.Answers(isPasswordTried: true, questions: ["Verification code:"], isRefused: true))
  }
}
