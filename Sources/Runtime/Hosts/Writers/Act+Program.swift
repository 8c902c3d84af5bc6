import Values

extension Act {
  /// The program of a simple command; `nil` for a command with any shell syntax.
  package static func program(of command: String) -> String? {
    let isPlain = command.utf8.allSatisfy { byte in
      UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
        || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || " /._+:,@-".utf8.contains(byte)
    }
    return isPlain ? command.split(separator: " ").first.map(String.init) : nil
  }

  /// Whether the shell could not start the program, so that nothing was changed. The message is the shell's own if no
  /// other program runs: `sh: 1: prog: not found`, `sh: prog: Permission denied`.
  package func isNotStarted(_ output: Output) -> Bool {
    guard let program, [126, 127].contains(output.status) else { return false }
    let lines = output.errorText.split(whereSeparator: \.isNewline)
    let ends = [
      "not found", "command not found", "Permission denied", "No such file or directory", "inaccessible or not found",
    ]
    return lines.count == 1 && lines[0].contains("sh: ") && ends.contains { lines[0].hasSuffix(": \(program): \($0)") }
  }
}
