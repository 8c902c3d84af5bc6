import Scripts

/// The one command that turns a channel into root's shell: a script that has no line ends and no single quotes, so that it
/// survives csh and fish as the account's login shell (`become-root.sh`), and its arguments, which have neither.
struct RootCommand: Sendable {
  enum Tool: String, Sendable {
    case sudo, doas, su
  }

  /// Statuses of the first attempt: a tool that it found in place of sudo.
  static let foundDoas: Int32 = 121
  static let foundSu: Int32 = 122
  static let foundNothing: Int32 = 123

  let script: String
  let arguments: [String]
  /// The word that root's shell prints once it is there.
  let readyWord: String
  /// What the tool prints before it reads a password. Only `sudo` can be told; the others say this in the C locale.
  let prompt: String

  /// - Parameters:
  ///   - tool: what becomes root on a terminal. Without one, sudo does where it is there.
  ///   - onTerminal: whether the channel has a terminal.
  init(_ tool: Tool, onTerminal: Bool) {
    let ready = FrameMark()
    let promptToken = FrameMark.randomToken()
    readyWord = ready.firstHalf + ready.secondHalf
    prompt = tool == .sudo ? promptToken : "assword:"
    script = onTerminal ? ShellScripts.becomeRootOnTerminal : ShellScripts.becomeRoot
    arguments = [ready.firstHalf, ready.secondHalf, promptToken] + (onTerminal ? [tool.rawValue] : [])
  }

  /// As a command for the account's login shell.
  var line: String { "exec sh -c '\(script)' sh " + arguments.map { "'\($0)'" }.joined(separator: " ") }
}
