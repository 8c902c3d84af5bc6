import Testing

@testable import Hosts

@Suite struct PasswordPromptTests {
  private static func kind(_ text: String) -> PasswordPrompt {
    PasswordPrompt(text, user: "pi", accounts: ["pi@nas", "pi@192.168.1.20"])
  }

  @Test(arguments: [
    "Password:", "Password: ", "password", "pi@nas's password:", "PI's Password:", "Password for pi:",
    "Password for pi@EXAMPLE.ORG:", "Password for pi@freebsd:", "LDAP Password:", "TACACS+ Password: ",
    "Enter your password: ",
    "Kerberos password for 'pi': ", "Hasło: ", "パスワード: ", "Parola: ", "Mot de passe : ", "密码：", "ពាក្យ\u{200B}សម្ងាត់ ៖ ",
    "\u{200F}ססמה: ", "Contrasen\u{0303}a: ", "Hasło dla pi:", "Passwort für pi: ",
    "Welcome to the new cluster\nPassword: ", "OTP and verification code are off today\r\nPassword:\n",
  ])
  func `the account's own password`(_ text: String) {
    #expect(Self.kind(text) == .loginPassword)
  }

  @Test(arguments: [
    "New password: ", "Current password: ", "(current) UNIX password: ", "Retype new password: ", "Database password: ",
    "[sudo] password for pi: ", "Password for root: ", "root's password: ", "pi@other's password: ",
    "Neues Passwort: ", "新しいパスワード: ", "Geben Sie das aktuelle Passwort ein: ", "Password: \nNew password: ",
    "Enter pi@nas's old password: ",
  ])
  func `another password`(_ text: String) {
    #expect(Self.kind(text) == .otherPassword)
  }

  @Test(arguments: [
    "Verification code: ", "Password & verification code: ", "One-time password (OATH) for `pi': ", "Enter PASSCODE: ",
    "Passcode or option (1-3): ", "Einmalpasswort: ", "Are you well?", "", "\n", "Password:\nVerification code:",
  ])
  func `a code, or anything else`(_ text: String) {
    #expect(Self.kind(text) == .other)
  }

  @Test func `every translation of Linux-PAM is known in the form in which it is compared`() {
    for noun in PasswordPrompt.nouns {
      #expect(PasswordPrompt.question(in: noun + ": ") == noun)
      #expect(Self.kind(noun + ": ") == .loginPassword)
    }
  }

  @Test func `without a name, only a prompt without one is certain`() {
    #expect(PasswordPrompt("Password for pi:", user: nil, accounts: []) == .otherPassword)
    #expect(PasswordPrompt("Password:", user: nil, accounts: []) == .loginPassword)
  }
}
