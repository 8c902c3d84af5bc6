import ArgumentParser
import Hosts

/// Options for logging in to hosts and for answering prompts.
struct HostOptions: ParsableArguments {
  static let title = "Host options"

  @Flag(name: [.long, .short], help: "Answer yes to every prompt of a recipe. Manual steps stay unconfirmed.")
  var yes = false

  @Flag(
    name: .customLong("accept-new"), help: "Trust the keys of unknown hosts. A changed key is never trusted.")
  var acceptNew = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The answer to a question of the recipe, named by a part of its text, such as 'back to pi=yes'; may be repeated. "
        + "A manual step takes yes, no or skip.", valueName: "question=value"))
  var answer: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A command that prints a secret of the recipe or a key's passphrase, named by a part of the question, such "
        + "as 'backup account=pass show backup'; may be repeated.", valueName: "question=command"))
  var secret: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A YAML or JSON file with settings, answers, and commands that print secrets; options on the command line win.",
      valueName: "path"), completion: .file())
  var answers: String?

  @Flag(
    name: .customLong("ask-once"),
    help: ArgumentHelp(
      "Ask each question of the recipe, and each kind of password, once, and use the answer on all hosts of the "
        + "command. Manual steps are asked for each host."))
  var askOnce = false

  @Option(
    name: .customLong("password-command"),
    help: ArgumentHelp("A command that prints the login password, such as 'pass show nas'.", valueName: "command"))
  var passwordCommand: String?

  @Option(
    name: .customLong("sudo-password-command"),
    help: ArgumentHelp("A command that prints the password for sudo, doas or su.", valueName: "command"))
  var sudoPasswordCommand: String?

  @Option(
    name: .customLong("code-command"),
    help: ArgumentHelp(
      "A command that prints the answer to any other question of the server, such as for a one-time code. It finds "
        + "the host in SSH_RECIPES_TARGET and the question in SSH_RECIPES_QUESTION.", valueName: "command"))
  var codeCommand: String?

  @Option(
    name: .customLong("password-fd"),
    help: ArgumentHelp("A file descriptor to read the login password from.", valueName: "number"))
  var passwordDescriptor: Int32?

  @Option(
    name: .long, help: ArgumentHelp("A private key to offer when logging in.", valueName: "path"), completion: .file())
  var key: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The maximum number of hosts at once; fewer if this computer allows fewer open files (ulimit -n).",
      valueName: "number"))
  var forks = 50

  func validate() throws {
    guard forks >= 1 else { throw ValidationError("--forks: expected a number from 1, got \(forks)") }
    for (name, texts) in [("answer", answer), ("secret", secret)] {
      for text in texts where PreparedAnswers.split(text) == nil {
        throw ValidationError(
          "--\(name): expected a part of the question, = and the \(name), got \"\(text.visible)\"")
      }
    }
    // The private half may be in an agent.
    if let key, !LocalFile.exists(key), !LocalFile.exists(key + ".pub") {
      throw ValidationError("--key: there is no file \"\(key.visible)\", nor a .pub beside it")
    }
    if passwordCommand != nil, passwordDescriptor != nil {
      throw ValidationError("--password-command and --password-fd both give the login password; use one of them")
    }
  }

  /// The file of `--answers`.
  ///
  /// - Throws: ``CommandFailure``.
  func answersFile() throws -> AnswersFile? { try answers.map { try AnswersFile($0) } }

  var hasPasswordSource: Bool { passwordCommand != nil || passwordDescriptor != nil }

  /// - Parameters:
  ///   - file: the file of `--answers`.
  ///   - hostCount: how many hosts may ask for a password.
  func ways(_ file: AnswersFile?, hostCount: Int) -> TerminalPerson.Ways {
    TerminalPerson.Ways(
      saysYes: yes, acceptsNewHostKeys: acceptNew,
      passwordSource: passwordCommand.map { PasswordSource(.command($0), option: "--password-command") }
        ?? passwordDescriptor.map { PasswordSource(.descriptor($0), option: "--password-fd") },
      rootPasswordSource: sudoPasswordCommand.map { PasswordSource(.command($0), option: "--sudo-password-command") },
      prepared: PreparedAnswers(
        answers: answer + (file?.answers ?? []), secrets: secret + (file?.secrets ?? [])),
      codeCommand: codeCommand, hostCount: hostCount, asksOnce: askOnce)
  }
}
