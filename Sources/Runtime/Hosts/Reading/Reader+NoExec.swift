import Diagnosis
import Formats
import Scripts

extension Reader {
  /// The diagnosis of a program that the host did not start, if the program's file system is mounted noexec.
  ///
  /// - Parameter words: the messages of the shell, or of the tool in its place, such as
  ///   `sh: 1: /mnt/tool: Permission denied`.
  /// - Returns: `nil` for any other reason.
  package func noExec(_ words: String, as account: Account) async -> Diagnosis? {
    guard let program = Self.deniedProgram(in: words) else { return nil }
    let script = Script("why not run", ShellScripts.whyNotRun, [program], timeout: .seconds(15))
    guard let output = try? await query(script, as: account) else { return nil }
    return Diagnosis(noExec: output, after: words)
  }

  /// The program in the last such message.
  static func deniedProgram(in words: String) -> String? {
    for line in words.split(whereSeparator: \.isNewline).reversed() {
      for sign in [": Permission denied", ": bad interpreter: Permission denied"].reversed() where line.hasSuffix(sign)
      {
        let name = line.dropLast(sign.count)
        let program = name.ranges(of: ": ").last.map { name[$0.upperBound...] } ?? name
        return program.isEmpty ? nil : String(program)
      }
    }
    return nil
  }
}

extension Diagnosis {
  /// - Parameter output: that of `why-not-run.sh`.
  init?(noExec output: Output, after words: String) {
    let lines = output.text.split(whereSeparator: \.isNewline).map(String.init)
    guard lines.count >= 3 else { return nil }
    let slots = ["path": lines[0], "mount": ShellQuoting.word(lines[1])]
    self.init(.noExec, slots, seen: words.trimmedLines.suffix(5) + [lines[2]], paths: [lines[0]])
  }
}
