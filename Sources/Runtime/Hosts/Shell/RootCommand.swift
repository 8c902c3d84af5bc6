/// The one command that turns a channel into root's shell.
///
/// It has neither single quotes, backslashes, exclamation marks nor newlines, so that it survives csh and fish as the
/// account's login shell.
struct RootCommand: Sendable {
  enum Tool: String, Sendable {
    case sudo, doas, su
  }

  /// Printed as one word by root's shell. It is sent in two, so that `sudo`'s refusal, which repeats the command,
  /// is not taken for success.
  let ready = FrameMark()
  let promptWord = FrameMark.randomWord()

  /// How the command says what it found instead of a shell.
  static let foundDoas: Int32 = 121
  static let foundSu: Int32 = 122
  static let foundNothing: Int32 = 123

  var readyWord: String { ready.firstHalf + ready.secondHalf }

  /// What the tool prints before it reads a password. Only `sudo` can be told; the others say this in the C locale.
  func prompt(of tool: Tool) -> String { tool == .sudo ? promptWord : "assword:" }

  private var announce: String { "printf %s%s \(ready.firstHalf) \(ready.secondHalf)" }
  private static let surroundings =
    "PATH=$PATH:/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin:/opt/bin LC_ALL=C; export PATH LC_ALL; "

  /// The first attempt, on a channel without a terminal: finds the tool, and becomes root where no terminal is needed.
  var first: String {
    Self.surroundings
      + "if [ \"$(id -u)\" = 0 ]; then \(announce); exec sh; fi; "
      + "if command -v sudo >/dev/null 2>&1; then exec sudo -H -S -p \(promptWord) sh -c \"\(announce); exec sh\"; fi; "
      + "if command -v doas >/dev/null 2>&1; then exit \(Self.foundDoas); fi; "
      + "if command -v su >/dev/null 2>&1; then exit \(Self.foundSu); fi; exit \(Self.foundNothing)"
  }

  /// On a channel with a terminal. `tee` stands in front of the shell, which would prompt and edit lines if its own
  /// input were the terminal. Not `cat`: BusyBox's asks the kernel for a `sendfile`, which after the first line of a
  /// terminal brings no more (seen with 1.35 on Linux 6.18).
  func onTerminal(_ tool: Tool) -> String {
    let inner = "stty raw -echo -opost; \(announce); tee /dev/null | sh"
    let become =
      switch tool {
      case .sudo: "exec sudo -H -p \(promptWord) sh -c \"\(inner)\""
      case .doas: "exec doas sh -c \"\(inner)\""
      case .su: "exec su root -c \"\(inner)\""
      }
    return Self.surroundings + "stty -echo -opost; " + become
  }
}
