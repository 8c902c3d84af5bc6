import Scripts

/// The single command that turns a channel into root's shell: a script without line ends or single quotes, so that it
/// survives csh and fish as login shells (`become-root.sh`), and arguments without either.
struct RootCommand: Sendable {
  enum Tool: String, Sendable {
    case sudo, doas, su
  }

  /// Statuses of the first attempt: the tool found in place of sudo.
  static let foundDoas: Int32 = 121
  static let foundSu: Int32 = 122
  static let foundNothing: Int32 = 123

  let script: String
  let arguments: [String]
  /// The word that root's shell prints when ready.
  let readyWord: String
  /// The tool's prompt for a password. Only `sudo` accepts a prompt of ours; the other tools print this text in the C
  /// locale.
  let prompt: String

  /// - Parameters:
  ///   - tool: the tool to become root with on a terminal. Without a terminal, sudo if installed.
  ///   - onTerminal: whether the channel has a terminal.
  init(_ tool: Tool, onTerminal: Bool) {
    let ready = FrameMark()
    let promptToken = FrameMark.randomToken()
    readyWord = ready.firstHalf + ready.secondHalf
    prompt = tool == .sudo ? promptToken : "assword:"
    script = onTerminal ? ShellScripts.becomeRootOnTerminal : ShellScripts.becomeRoot
    arguments = [ready.firstHalf, ready.secondHalf, promptToken] + (onTerminal ? [tool.rawValue] : [])
  }

  /// The command line for the account's login shell.
  var line: String { "exec sh -c '\(script)' sh " + arguments.map { "'\($0)'" }.joined(separator: " ") }
}
