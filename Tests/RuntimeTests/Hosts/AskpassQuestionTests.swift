import Testing

@testable import Hosts

@Suite struct AskpassQuestionTests {
  private static func question(
    _ prompt: String, _ kind: AskpassMessage.Kind = .text, isServersTurn: Bool = false
  ) -> AskpassQuestion {
    AskpassQuestion(AskpassMessage(prompt: prompt, kind: kind, asker: 1), isServersTurn: isServersTurn)
  }

  @Test func `ssh's own questions`() {
    #expect(
      Self.question(
        """
        The authenticity of host '[nas]:2222 ([192.168.1.20]:2222)' can't be established.
        ED25519 key fingerprint is SHA256:abc.
        This key is not known by any other names.
        Are you sure you want to continue connecting (yes/no/[fingerprint])? 
        """) == .hostKey(host: "[nas]:2222 ([192.168.1.20]:2222)", keyType: "ssh-ed25519", fingerprint: "SHA256:abc"))
    #expect(Self.question("Enter passphrase for key '/home/me/my key': ") == .passphrase(path: "/home/me/my key"))
    #expect(Self.question("Enter PIN for ED25519-SK key /home/me/sk: ") == .passphrase(path: "/home/me/sk"))
    #expect(Self.question("Accept updated hostkeys? (yes/no): ") == .confirmation("Accept updated hostkeys? (yes/no):"))
    #expect(Self.question("Add key /k (k) to agent?", .confirm) == .confirmation("Add key /k (k) to agent?"))
    #expect(Self.question("Confirm user presence for key", .none) == .notice("Confirm user presence for key"))
  }

  @Test func `the server's questions, with and without the mark of ssh`() {
    #expect(Self.question("pi@nas's password: ") == .server(account: "pi@nas", text: "pi@nas's password:"))
    #expect(Self.question("(pi@nas) Password: ") == .server(account: "pi@nas", text: "Password:"))
    #expect(Self.question("(pi@nas) ") == .server(account: "pi@nas", text: ""))
    #expect(
      Self.question("(pi@nas) Hello, (you)\nVerification code: ")
        == .server(account: "pi@nas", text: "Hello, (you)\nVerification code:"))
    #expect(Self.question("Verification code: ") == .server(account: nil, text: "Verification code:"))
    #expect(Self.question("Say it's password: ") == .server(account: nil, text: "Say it's password:"))
  }

  @Test func `a server's text never passes for a question of ssh`() {
    for text in ["Enter passphrase for key '/home/me/.ssh/id':", "The authenticity of host 'x' (yes/no)?"] {
      #expect(Self.question(text, isServersTurn: true) == .server(account: nil, text: text))
      #expect(Self.question("(pi@nas) \(text)") == .server(account: "pi@nas", text: text))
    }
  }

  @Test func `bytes that ssh could not print are read again`() {
    #expect(AskpassQuestion.unescaped(#"Has\305\202o: "#) == "Hasło: ")
    #expect(AskpassQuestion.unescaped(#"Contrase\361a: "#) == "Contraseña: ")
    #expect(AskpassQuestion.unescaped(#"C:\123 \9"#) == #"C:\123 \9"#)
  }

  @Test func `a message and a reply survive the way over the socket`() {
    let message = AskpassMessage(prompt: "two\nlines: ", kind: .confirm, asker: 4711)
    #expect(AskpassMessage(message.bytes) == message)
    #expect(AskpassMessage(Array("text\n".utf8)) == nil)
    for reply in [AskpassReply.answer([1, 2]), .answer([]), .none, .giveUp] {
      #expect(AskpassReply(reply.bytes) == reply)
    }
    #expect(AskpassReply([]) == AskpassReply.none)
  }
}
