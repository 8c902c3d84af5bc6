import Diagnosis
import Testing

@testable import Hosts

/// The result of an attempt to become root, by the tool's messages.
@Suite struct RootAttemptTests {
  /// Gives a password as often as it is asked, up to a limit.
  private struct Source: SecretSource {
    var limit: Int
    func secret(for request: SecretRequest, attempt: Int) async -> Secret? {
      attempt <= limit ? Secret(Array("secret".utf8)) : nil
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var tool = RootWay.Tool.sudo
    /// The number of the tool's questions, and the password's account.
    var questions = 0
    var account: String?
    var status: Int32 = 1
    var says: String
    var refusal: RootRefusal
    var testDescription: String { "\(tool): \(says)" }
  }

  private static let setUserID = "sudo: /usr/bin/sudo must be owned by uid 0 and have the setuid bit set"
  private static let noPrivileges =
    "sudo: The \"no new privileges\" flag is set, which prevents sudo from running as root."
  private static let accountRule =
    "sudo: account validation failure, is your account locked?\nsudo: a password is required"
  private static let otherCommand =
    "Sorry, user ada is not allowed to execute '/usr/bin/sh -c x' as root on pi."

  static let cases = [
    Case(
      questions: 1, account: "ada", says: accountRule, refusal: .other(tool: "sudo", text: accountRule)),
    Case(questions: 2, account: "ada", says: "Sorry, try again.", refusal: .wrongPassword(tool: "sudo", of: "ada")),
    Case(questions: 2, account: "root", says: "", refusal: .wrongPassword(tool: "sudo", of: "root")),
    Case(
      questions: 1, account: "ada", says: "sudo: 1 incorrect password attempt",
      refusal: .wrongPassword(tool: "sudo", of: "ada")),
    Case(says: setUserID, refusal: .unusable(tool: "sudo", text: setUserID)),
    Case(says: noPrivileges, refusal: .unusable(tool: "sudo", text: noPrivileges)),
    Case(
      says: "sudo: /etc/sudoers is world writable",
      refusal: .unusable(tool: "sudo", text: "sudo: /etc/sudoers is world writable")),
    Case(questions: 1, account: "ada", says: otherCommand, refusal: .notAllowed(tool: "sudo", text: otherCommand)),
    Case(
      status: 124, says: "", refusal: .other(tool: "sudo", text: "it made another account than root")),
    Case(
      tool: .doas, questions: 1, says: "doas: Authentication failed", refusal: .wrongPassword(tool: "doas", of: nil)),
    Case(tool: .su, questions: 1, says: "su: Sorry", refusal: .wrongPassword(tool: "su", of: "root")),
    Case(
      tool: .su, questions: 1, says: "su: Permission denied",
      refusal: .other(tool: "su", text: "su: Permission denied")),
  ]

  @Test("the tool's own words decide", arguments: cases)
  func refusal(_ row: Case) async {
    let attempt = RootShell.Attempt(tool: row.tool, known: nil, target: "ada@pi", secrets: Source(limit: 1))
    for number in 0..<row.questions { _ = await attempt.answer(number + 1, row.account) }
    attempt.ended(ShellEnd(status: row.status, hadBegun: false, noise: row.says))
    #expect(attempt.refusal == .rootRefused(row.refusal))
  }

  @Test func `a question other than for the password is not answered with the password`() async {
    let attempt = RootShell.Attempt(tool: .sudo, known: nil, target: "ada@pi", secrets: Source(limit: 0))
    #expect(await attempt.answerQuestion("Verification code:") == nil)
    attempt.ended(ShellEnd(status: 1, hadBegun: false, noise: ""))
    #expect(
      attempt.refusal
        == .secretNeeded(.serverQuestion(target: "ada@pi", text: "Verification code:", isPassword: false)))
  }

  @Test func `after another question, the password is not called wrong`() async {
    let attempt = RootShell.Attempt(tool: .sudo, known: nil, target: "ada@pi", secrets: Source(limit: 1))
    #expect(await attempt.answer(1, "ada") != nil)
    #expect(await attempt.answerQuestion("Verification code:") != nil)
    #expect(await attempt.answer(2, "ada") == nil)
    attempt.ended(ShellEnd(status: 1, hadBegun: false, noise: "Sorry, try again."))
    #expect(attempt.refusal == .rootRefused(.wrongAnswers(tool: "sudo", question: "Verification code:")))
  }

  @Test func `a program called sudo that has other options is told by its usage`() {
    let attempt = RootShell.Attempt(tool: .sudo, known: nil, target: "pi@pi", secrets: Source(limit: 0))
    attempt.ended(
      ShellEnd(
        status: 1, hadBegun: false, noise: "sudo: unrecognized option: H\nUsage: sudo [-ins] [-u <user>] <command>"))
    #expect(attempt.lacksOptions && !attempt.isUnusable && !attempt.wantsTerminal)
  }

  @Test func `the question names the account whose password is wanted`() {
    #expect(SecretRequest.isOwn("ada", "ada@pi") && SecretRequest.isOwn(nil, "ada@pi"))
    #expect(!SecretRequest.isOwn("root", "ada@pi") && !SecretRequest.isOwn("root", "this computer"))
  }
}
