import Synchronization
import Testing

@testable import Hosts

@Suite struct ShellGateTests {
  private static func gate(namesAccount: Bool) -> ShellGate {
    ShellGate(
      begun: "BA", ready: "AB", prompt: "token", namesAccount: namesAccount, answer: { _, _ in nil },
      answerQuestion: { _ in nil }, silence: { _, _ in .cancelled })
  }

  private static func sights(_ text: String, namesAccount: Bool = true) -> [ShellGate.Sight] {
    let gate = gate(namesAccount: namesAccount)
    var text = Array(text.utf8)
    var sights: [ShellGate.Sight] = []
    while let sight = gate.look(at: &text) { sights.append(sight) }
    return sights
  }

  @Test func `words and prompts are found in their order, whatever stands between them`() {
    #expect(
      Self.sights("noise BA lecture tokenada: Sorry. tokenada: AB") == [
        .begun, .asked(of: "ada"), .asked(of: "ada"), .ready,
      ])
    #expect(Self.sights("BAtokenroot:") == [.begun, .asked(of: "root")])
  }

  @Test func `a tool without a prompt of ours is given the password only for a prompt for it`() {
    let prompts = [
      "Password:": true, "Password: ": true, "doas (pi@pi) password: ": true, "[sudo: authenticate] Password: ": true,
      "One-time password: ": false, "Your OTP or password:": false, "Vault password:": false,
    ]
    for (prompt, isAsked) in prompts {
      let gate = ShellGate(
        begun: "BA", ready: "AB", prompt: "assword:", namesAccount: false, answer: { _, _ in nil },
        answerQuestion: { _ in nil }, silence: { _, _ in .cancelled })
      var text = Array("BA\n\(prompt)".utf8)
      #expect(gate.look(at: &text) == .begun)
      #expect((gate.look(at: &text) == .asked(of: nil)) == isAsked, "\(prompt)")
    }
  }

  @Test func `a prompt after an answer that was not refused asks for something else`() {
    #expect(ShellGate.otherQuestion(in: "\nSorry, try again.\ntokenpi:") == nil)
    #expect(ShellGate.otherQuestion(in: "tokenpi:") == "another password (the first was not refused):")
    let question = ShellGate.otherQuestion(in: "\nSecond factor\ntokenpi:") ?? ""
    #expect(question == "Second factor\na password once more (the first was wrong, or another one is wanted):")
    #expect(ToolQuestion(question)?.prompt(of: "pi") == .otherPassword)
  }

  @Test func `only a last line without an end is a question, with its kind`() {
    #expect(ToolQuestion("lecture\n") == nil)
    #expect(ToolQuestion("Sending a push") == nil)
    let question = ToolQuestion("\r\nA code was sent.\nVerification code: ")
    #expect(question?.text == "A code was sent.\nVerification code:")
    #expect(question?.prompt(of: "pi") == .other)
    #expect(ToolQuestion("[sudo] password for pi: ")?.prompt(of: "pi") == .loginPassword)
    #expect(ToolQuestion("[sudo] password for ada: ")?.prompt(of: "pi") == .otherPassword)
  }

  @Test func `a prompt that is not complete is waited for, and one without an account is one all the same`() {
    #expect(Self.sights("BAtokenad") == [.begun])
    #expect(Self.sights("token%p:token:") == [.asked(of: nil), .asked(of: nil)])
  }

  @Test func `a refusal that is read before the word of the command is not lost`() async throws {
    let launch = ShellLaunch(
      executable: LocalPrograms.find("sh"), arguments: ["-c", "echo 'no terminal' >&2; printf BA; exit 1"])
    let noise = Mutex("")
    let shell = FramedShell(
      launch, gate: Self.gate(namesAccount: true),
      owner: FramedShell.Owner(
        explain: { end in
          noise.withLock { $0 = end.noise }
          return .cancelled
        }, endChildren: { _ in }))
    await #expect(throws: HostError.cancelled) { try await shell.open() }
    #expect(noise.withLock(\.self) == "no terminal\n")
  }
}
