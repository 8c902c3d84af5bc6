import Scripts

/// The single command that turns a channel into root's shell: a script without line ends or single quotes, to survive
/// csh and fish as login shells (`become-root.sh`), and arguments without either.
struct RootCommand: Sendable {
  /// Statuses of the attempt without a terminal: the tool found in place of sudo.
  static let foundDoas: Int32 = 121
  static let foundSu: Int32 = 122
  static let foundNothing: Int32 = 123
  /// The tool made another account than root, such as by `runas_default` of a wrapper.
  static let madeAnother: Int32 = 124

  let script: String
  let arguments: [String]
  /// The word that the command prints when it starts.
  let begunWord: String
  /// The word that root's shell prints when ready.
  let readyWord: String
  /// The tool's prompt for a password. Only `sudo` accepts a prompt of ours; the other tools print this text in the C
  /// locale.
  let prompt: String
  /// Whether an account and a colon follow the prompt.
  let namesAccount: Bool

  init(_ way: RootWay) {
    let ready = FrameMark()
    let promptToken = FrameMark.randomToken()
    readyWord = ready.firstHalf + ready.secondHalf
    begunWord = ready.secondHalf + ready.firstHalf
    namesAccount = way.tool == .sudo && way.sudoCall == .full
    prompt = namesAccount ? promptToken : "assword:"
    script = way.onTerminal ? ShellScripts.becomeRootOnTerminal : ShellScripts.becomeRoot
    let word = "printf %s%s \(ready.firstHalf) \(ready.secondHalf)"
    // `tee` stands in front of the shell, which would prompt and edit lines with the terminal as input. Not `cat`:
    // BusyBox's asks the kernel for a `sendfile`, which delivers no byte after the first line of a terminal (seen with
    // 1.35 on Linux 6.18).
    // The word comes from a program started by root's shell: with noexec in sudoers, that shell can start none.
    let shell =
      way.onTerminal ? "stty raw -echo -opost; \(word); tee /dev/null | sh" : "exec sh -c \"\(word); exec sh\""
    // su hands the text to root's login shell, which may be csh.
    let number = "u=; while read -r k _ u _; do case $k in Uid:) break ;; esac; done 2>/dev/null </proc/self/status; "
    let isRoot = "[ \"${u:-$(id -u)}\" = 0 ]"
    let check = way.tool == .su ? "" : "\(number)\(isRoot) || exit \(Self.madeAnother); "
    arguments =
      [ready.firstHalf, ready.secondHalf, promptToken, check + shell, way.sudoCall.rawValue]
      + (way.onTerminal ? [way.tool.rawValue] : [])
  }

  /// The command line for the account's login shell.
  var line: String { "exec sh -c '\(script)' sh " + arguments.map { "'\($0)'" }.joined(separator: " ") }
}
