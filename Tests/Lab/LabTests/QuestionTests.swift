import Foundation
import Testing

/// Questions of servers and jump hosts: the asker decides where a question goes, and which answer is allowed.
@Suite("questions", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct QuestionTests {
  /// A PAM module that prints a text, asks, and takes `raspberry`.
  private static let module = """
    #include <string.h>
    typedef struct pam_handle pam_handle_t;
    int pam_prompt(pam_handle_t *, int, char **, const char *, ...);
    int pam_sm_authenticate(pam_handle_t *h, int flags, int count, const char **words) {
      char *answer = 0;
      (void)flags, (void)count, (void)words;
      pam_prompt(h, 4, 0, "%s", "Welcome to the new cluster");
      if (pam_prompt(h, 1, &answer, "%s", PROMPT) || !answer) return 7;
      return strcmp(answer, "raspberry") ? 7 : 0;
    }
    int pam_sm_setcred(pam_handle_t *h, int flags, int count, const char **words) {
      (void)h, (void)flags, (void)count, (void)words;
      return 0;
    }
    """

  /// A host whose only way in is a prompt of the module.
  private static func host(asking prompt: String, _ person: Operator) async throws -> LabHost {
    let host = try await Lab.host(.debian)
    try person.write("ask.c", module)
    let made = try await person.shell("cc -shared -fPIC -DPROMPT='\"\(prompt)\"' -o ask.so ask.c && base64 ask.so")
    try #require(made.status == 0, "\(made)")
    try await host.root(
      "base64 -d >/usr/lib/$(uname -m)-linux-gnu/security/pam_ask.so && "
        + "{ echo 'auth sufficient pam_ask.so'; echo 'auth required pam_deny.so'; grep -v common-auth /etc/pam.d/sshd; } "
        + ">/etc/pam.d/new && mv /etc/pam.d/new /etc/pam.d/sshd && "
        + "printf 'PasswordAuthentication no\\nKbdInteractiveAuthentication yes\\n' >/etc/ssh/sshd_config.d/01.conf && "
        + "systemctl reload ssh", input: made.stdout)
    try await person.trusts(host)
    return host
  }

  @Test(arguments: ["Password: ", "Hasło: ", "パスワード: ", "Password for pi: "])
  func `a prompt that is certainly the password's gets it, in any language, below any message`(
    _ prompt: String
  ) async throws {
    try await Operator.with { person in
      let host = try await Self.host(asking: prompt, person)
      let run = try await person.unattended("raspi_passwordless", host)
      #expect(run.status == 0, "\(run)")
      #expect(try await person.logsIn(to: host))
    }
  }

  @Test(arguments: ["New password: ", "Verification code: ", "Favourite colour? "])
  func `any other question gets no password, and is shown with the name of who asks`(_ prompt: String) async throws {
    try await Operator.with { person in
      let host = try await Self.host(asking: prompt, person)
      let run = try await person.unattended("raspi_passwordless", host)
      let question = prompt.trimmingCharacters(in: .whitespaces)
      #expect(run.status == 1, "\(run)")
      #expect(run.stderr.contains("\(host.target) asks \"\(question)\", and got no answer"), "\(run)")
      #expect(run.stderr.contains("Welcome to the new cluster"), "\(run)")
    }
  }

  @Test func `a command answers a code, and knows the host and the question`() async throws {
    try await Operator.with { person in
      let host = try await Self.host(asking: "Verification code: ", person)
      let command = "printf '%s|%s\\n' \"$SSH_RECIPES_TARGET\" \"$SSH_RECIPES_QUESTION\" >/root/asked; echo raspberry"
      let run = try await person.unattended("raspi_passwordless", host, more: ["--code-command", command])
      #expect(run.status == 0, "\(run)")
      #expect(try person.read("asked") == "\(host.target)|Welcome to the new cluster\nVerification code:\n")
    }
  }

  @Test func `a wrong code is told as an answer that was refused`() async throws {
    try await Operator.with { person in
      let host = try await Self.host(asking: "Verification code: ", person)
      let run = try await person.unattended("raspi_passwordless", host, more: ["--code-command", "echo 123456"])
      #expect(run.status == 1, "\(run)")
      #expect(run.stderr.contains("the answers were refused"), "\(run)")
      #expect(run.stderr.contains("\"Verification code:\""), "\(run)")
    }
  }

  @Test func `a person is asked for a code, below what the server says`() async throws {
    try await Operator.with { person in
      let host = try await Self.host(asking: "Verification code: ", person)
      let session = try await PersonTests.session(
        person, host.target,
        [
          ["\(host.target) says:", ""], ["Welcome to the new cluster", ""],
          ["\(host.target) asks: Verification code: ", "raspberry\n"],
        ])
      #expect(session.status == 0, "\(session.screen)")
      #expect(session.unasked == [])
      #expect(!session.screen.contains("raspberry"), "\(session.screen)")
    }
  }

  @Test func `a wrong password by keyboard-interactive is named as one`() async throws {
    try await Operator.with { person in
      let host = try await Lab.host(.debian)
      try await person.trusts(host)
      try await host.root(
        "echo KbdInteractiveAuthentication yes >/etc/ssh/sshd_config.d/01.conf; systemctl reload ssh")
      let run = try await person.recipes(
        "run", "raspi_passwordless", host.target, "--yes", "--password-command", "echo wrong")
      #expect(run.status == 1 && run.stderr.contains("the password was refused"), "\(run)")
    }
  }

  @Test(arguments: ["publickey,password", "password,publickey", "publickey,keyboard-interactive"])
  func `a server that wants more than the key is told as such`(_ methods: String) async throws {
    try await Operator.with { person in
      let host = try await Lab.host(.debian)
      let first = try await person.unattended("raspi_passwordless", host)
      #expect(first.status == 0, "\(first)")
      try await host.root(
        "printf 'KbdInteractiveAuthentication yes\\nAuthenticationMethods %s\\n' \(methods) "
          + ">/etc/ssh/sshd_config.d/01.conf; systemctl reload ssh")
      let run = try await person.unattended("raspi_passwordless", host)
      #expect(run.status == 1, "\(run)")
      #expect(run.stderr.contains("the key alone is not enough"), "\(run)")
      #expect(run.stderr.contains("(AuthenticationMethods in its sshd_config)"), "\(run)")
    }
  }

  @Test func `a list of methods that is switched off is named, and keys are not switched on`() async throws {
    try await Operator.with { person in
      let host = try await Lab.host(.debian)
      let first = try await person.unattended("raspi_passwordless", host)
      #expect(first.status == 0, "\(first)")
      try await host.root(
        "printf 'KbdInteractiveAuthentication no\\nAuthenticationMethods publickey,keyboard-interactive password\\n' "
          + ">/etc/ssh/sshd_config.d/01.conf; systemctl reload ssh; sleep 0.5")
      let run = try await person.unattended("raspi_passwordless", host)
      #expect(run.status == 1, "\(run)")
      #expect(run.stderr.contains("(KbdInteractiveAuthentication no)"), "\(run)")
      #expect(!run.stderr.contains("PubkeyAuthentication"), "\(run)")
    }
  }
}
