import Testing

@testable import Hosts

/// The answers that a command's logins share.
@Suite struct LoginPersonTests {
  private static let key = SecretRequest.keyPassphrase(path: "/k/id")
  private static let password = SecretRequest.loginPassword(target: "pi@nas")

  @Test func `a passphrase is asked for once, and once more after a wrong one`() async {
    let person = TestPerson(["wrong", "right"])
    let logins = LoginPerson(person)
    var given: [String?] = []
    for attempt in [1, 2, 1, 1] {
      let secret = await logins.secret(for: Self.key, attempt: attempt)
      given.append(secret.map { String(decoding: $0.reveal(), as: UTF8.self) })
    }
    #expect(given == ["wrong", "right", "right", "right"])
    #expect(await person.asked == [Self.key, Self.key])
  }

  @Test func `a passphrase that was not given is asked for again, and so is each password`() async {
    let person = TestPerson()
    let logins = LoginPerson(person)
    for request in [Self.key, Self.key, Self.password, Self.password] {
      #expect(await logins.secret(for: request, attempt: 1) == nil)
    }
    #expect(await person.asked == [Self.key, Self.key, Self.password, Self.password])
  }

  @Test func `logins side by side wait for one answer`() async {
    let person = TestPerson(["right"])
    let logins = LoginPerson(person)
    await withTaskGroup { group in
      for _ in 1...20 { group.addTask { _ = await logins.secret(for: Self.key, attempt: 1) } }
    }
    #expect(await person.asked == [Self.key])
  }
}
