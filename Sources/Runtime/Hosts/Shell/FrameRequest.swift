import Formats

/// A script as text for the shell's standard input.
struct FrameRequest {
  /// The destination of the script's standard error.
  enum Streams: Sendable {
    /// Standard output and standard error are two pipes.
    case separate
    /// Both are the same terminal; standard error is kept back and printed after standard output, in a frame of its
    /// own.
    case merged
  }

  let mark: FrameMark
  let streams: Streams

  /// The text for `script`, to be written at once.
  ///
  /// A subshell evaluates the script from a quoted word, so that a syntax error, an unbalanced quote or an `exit` ends
  /// only the subshell, not the shell of all later scripts.
  ///
  /// - Parameter texts: the texts that the shell already has.
  func text(of script: Script, number: Int, texts: inout RepeatedTexts) -> [UInt8] {
    var body: [UInt8] = []
    var first: [UInt8] = []
    func word(_ text: String) -> [UInt8] {
      let (word, definition) = texts.word(for: text)
      first += definition
      return word
    }
    if let atExit = script.atExit {
      // The frame's own subshells do not inherit these traps. Signals often come in pairs, and the second would end the
      // EXIT trap: so each trap does everything.
      first = Array("trap ".utf8) + ShellQuoting.quoted(atExit) + Array(" EXIT\ntrap ".utf8)
      first += ShellQuoting.quoted(atExit + "exit 129") + Array(" HUP PIPE TERM\ncleaning=$$\n".utf8)
    }
    if let input = script.input {
      body += Array("{ :\n".utf8) + ShellQuoting.printing(input) + Array("} 2>/dev/null | ".utf8)
    }
    body += Array("( set --".utf8)
    for argument in script.arguments { body += [0x20] + word(argument) }
    body += Array("\neval ".utf8) + word(script.text) + Array("\n)".utf8)
    let file = script.inputPath.map(ShellQuoting.word) ?? "/dev/null"
    let source = script.input == nil ? " <\(file)" : ""
    switch streams {
    case .separate:
      let begin = say("o", number, "$$") + ";" + say("e", number, "0") + " >&2;"
      let end = source + "\n" + say("O", number, "$?") + ";" + say("E", number, "0") + " >&2\n"
      return first + Array("{ \(begin)\n".utf8) + body + Array(end.utf8)
        + Array((script.endsShell ? "}\nexit\n" : "}\n").utf8)
    case .merged:
      // Only standard error goes through the variable; command substitution would lose NULs and last newlines.
      let begin = "{ exec 4>&1;" + say("o", number, "$$") + ";E=$( { "
      let end =
        source + "; } 2>&1 >&4 4>&-; printf x%s $?)\n" + say("O", number, "${E##*x}") + ";"
        + say("e", number, "0") + ";printf %s \"${E%x*}\";" + say("E", number, "0") + ";unset E\n"
      return first + Array(begin.utf8) + [0x0A] + body + Array(end.utf8) + Array("}\n".utf8)
    }
  }

  /// The first line for a shell started without a terminal. A host may run the shell on a terminal all the same, for
  /// session recording (`script`, tlog) or by a ForceCommand. There, all input comes back as output, and long lines are
  /// cut. So the shell makes the terminal transparent, reports the terminal, drops all input so far, and hands the
  /// following input to another shell, whose input is a pipe.
  var terminalCheck: String {
    guard case .separate = streams else { return "" }
    return "[ ! -t 0 ] || { stty raw -echo -opost; \(say("t", 0, "0")); "
      + "while IFS= read -r l && [ \"$l\" != \(mark.secondHalf)\(mark.firstHalf) ]; do :; done; tee /dev/null | sh; exit; }\n"
  }

  /// The last line of the dropped input; see ``terminalCheck``.
  var terminalStart: String { "\n\(mark.secondHalf)\(mark.firstHalf)\n" }

  private func say(_ kind: String, _ number: Int, _ value: String) -> String {
    "printf '%s%s %s \(kind) %s\\n' \(mark.firstHalf) \(mark.secondHalf) \(number) \"\(value)\""
  }
}
