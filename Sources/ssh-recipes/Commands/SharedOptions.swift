import ArgumentParser

/// How hosts are reached, who answers, and what is printed: what all commands that talk to hosts have in common.
struct SharedOptions: ParsableArguments {
  enum Format: String, ExpressibleByArgument, CaseIterable { case terminal, plain, json, junit }

  @Flag(name: [.long, .short], help: "Agree to every confirmation, and take what is to be done by hand for done.")
  var yes = false

  @Flag(
    name: .customLong("accept-new"), help: "Trust the keys of hosts that are not known yet. A changed key always stops."
  )
  var acceptNew = false

  @Option(
    name: .customLong("password-command"),
    help: ArgumentHelp("A command that prints the login password, such as 'pass show nas'.", valueName: "command"))
  var passwordCommand: String?

  @Option(
    name: .customLong("sudo-password-command"),
    help: ArgumentHelp("A command that prints the password for sudo, doas or su.", valueName: "command"))
  var sudoPasswordCommand: String?

  @Option(
    name: .customLong("password-fd"),
    help: ArgumentHelp("An open file descriptor to read the login password from.", valueName: "number"))
  var passwordDescriptor: Int32?

  @Option(
    name: .long, help: ArgumentHelp("Offer this private key when logging in.", valueName: "path"), completion: .file())
  var key: String?

  @Option(name: .long, help: ArgumentHelp("How many hosts to work on at once.", valueName: "number"))
  var forks = 50

  @Option(name: .long, help: "What to print; without it, terminal on a terminal and plain elsewhere.")
  var output: Format?

  @Flag(name: [.long, .short], help: "Print errors only.")
  var quiet = false

  @Flag(name: [.long, .short], help: "Also print differences, and what was right already.")
  var verbose = false

  @Flag(name: .long, help: "Also print every script that is sent, with secrets left out.")
  var debug = false

  @Flag(name: .customLong("no-color"), help: "Print without colours, as with NO_COLOR in the environment.")
  var noColor = false

  func validate() throws {
    guard forks >= 1 else { throw ValidationError("--forks: expected a number from 1, got \(forks)") }
    if quiet, verbose || debug { throw ValidationError("--quiet contradicts --\(debug ? "debug" : "verbose")") }
    if passwordCommand != nil, passwordDescriptor != nil {
      throw ValidationError("--password-command and --password-fd both give the login password; use one")
    }
  }

  var detail: Narrator.Detail { quiet ? .quiet : verbose || debug ? .verbose : .normal }

  var hasPasswordSource: Bool { passwordCommand != nil || passwordDescriptor != nil }

  /// - Parameter hostCount: how many hosts may ask for a password.
  func ways(hostCount: Int) -> TerminalPerson.Ways {
    TerminalPerson.Ways(
      saysYes: yes, acceptsNewHostKeys: acceptNew,
      passwordSource: passwordCommand.map { PasswordSource(.command($0)) }
        ?? passwordDescriptor.map { PasswordSource(.descriptor($0)) },
      rootPasswordSource: sudoPasswordCommand.map { PasswordSource(.command($0)) }, hostCount: hostCount)
  }
}
