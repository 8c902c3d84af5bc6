import Testing

@testable import Hosts

@Suite struct ShellGateTests {
  private static func gate(namesAccount: Bool) -> ShellGate {
    ShellGate(
      begun: "BA", ready: "AB", prompt: "token", namesAccount: namesAccount, answer: { _, _ in nil },
      silence: { _, _ in .cancelled })
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
    #expect(Self.sights("BApi's token word", namesAccount: false) == [.begun, .asked(of: nil)])
  }

  @Test func `a prompt that is not complete is waited for, and one without an account is one all the same`() {
    #expect(Self.sights("BAtokenad") == [.begun])
    #expect(Self.sights("token%p:token:") == [.asked(of: nil), .asked(of: nil)])
  }
}
