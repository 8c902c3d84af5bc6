import Testing

@testable import Hosts

/// A command whose program the shell could not start.
@Suite struct NotStartedTests {
  @Test(arguments: [
    ("apt-get install -y x", "apt-get"), ("/mnt/x/tool", "/mnt/x/tool"), ("mkdir a; tool", nil), ("tool >x", nil),
    ("A=1 tool", nil), ("tool $HOME", nil), ("", nil), ("tool\nother", nil), ("'tool'", nil),
  ])
  func `only a command without shell syntax is one program`(command: String, program: String?) {
    #expect(Act.program(of: command) == program)
  }

  @Test(arguments: [
    ("tool x", 127, "sh: 1: tool: not found", true), ("tool x", 127, "sh: line 1: tool: command not found", true),
    ("/m/tool", 126, "sh: 1: /m/tool: Permission denied", true),
    ("/m/t", 127, "sh: /m/t: No such file or directory", true),
    ("env x", 127, "env: 'x': No such file or directory", false), ("tool x", 1, "sh: 1: tool: not found", false),
    ("tool x", 127, "half\nsh: 1: tool: not found", false), ("tool x", 127, "sh: 1: other: not found", false),
    ("tool; x", 127, "sh: 1: tool: not found", false),
  ])
  func `the shell's own word alone tells that nothing was begun`(
    command: String, status: Int32, words: String, isNotStarted: Bool
  ) {
    var act = Act(.command(Script("run", command), creates: [], summary: "run"), isOpaque: true)
    act.program = Act.program(of: command)
    #expect(act.isNotStarted(Output(status: status, stderr: Array(words.utf8))) == isNotStarted)
  }

  @Test(arguments: [
    ("sh: 1: /mnt/x/tool: Permission denied", "/mnt/x/tool"), ("bash: tool: Permission denied", "tool"),
    ("sh: /a b: bad interpreter: Permission denied", "/a b"), ("sudo: no", nil), (": Permission denied", nil),
    ("first\nsh: line 1: ./x: Permission denied\n", "./x"),
  ])
  func `the program is in the shell's last words`(words: String, program: String?) {
    #expect(Reader.deniedProgram(in: words) == program)
  }
}
