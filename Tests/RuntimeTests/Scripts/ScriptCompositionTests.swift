import Scripts
import Testing

@testable import Hosts

@Suite struct ScriptCompositionTests {
  @Test func `libraries come where they are first named, each once, and only what a shell needs`() {
    let files = ["lib/a.sh": "# a\n. lib/b.sh\n\na() { :; }\n", "lib/b.sh": "b() {\n  :\n}\n"]
    let text = ScriptComposition.text(
      of: "# A script.\n#\n# More.\n\n. lib/b.sh\n. lib/a.sh\n. lib/none.sh\n\nif a; then\n  # Here.\n  b\nfi\n"
    ) { files[$0] }
    #expect(text == "b() {\n:\n}\na() { :; }\n. lib/none.sh\nif a; then\nb\nfi\n")
  }

  /// What a shell makes of a text, without comments and in its own layout.
  private static func meaning(_ text: String) async throws -> [Substring] {
    let pi = try ShellHost(shell: ["bash", "--posix"])
    let output = try await pi.reader.query(Script("declare", "eval \"f() {\n$1\n}\"; declare -f f", [text]))
    try #require(output.isSuccess, "\(output.errorText)")
    return output.text.split(separator: "\n").map { $0.drop { $0 == " " } }
  }

  @Test("what is left out of a file means nothing to a shell", arguments: ScriptFolder.files)
  func nothingIsLost(file: String) async throws {
    let text = try ScriptFolder.text(file)
    let sent = ScriptComposition.text(of: text) { _ in nil }
    #expect(try await Self.meaning(sent) == Self.meaning(text))
  }

  @Test("a script that is sent as one line is the same", arguments: ScriptFolder.oneLiners)
  func oneLine(script: String) async throws {
    let text = try ScriptFolder.composed(script)
    let line = ScriptComposition.oneLine(text)
    #expect(try await Self.meaning(line) == Self.meaning(text))
    for shell in ["dash", "bash", "busybox sh"] { #expect(try await Shell.parses(line, with: shell)) }
    // csh and fish read it in single quotes.
    #expect(!line.contains { "'\\!\n".contains($0) })
  }

  @Test("a script also runs from its file", arguments: ShellHost.shells)
  func fromFile(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    try pi.put("f", "text\n", mode: 0o640)
    let line = "cd \"$1\" && \(shell.joined(separator: " ")) files/probe-files.sh 100 \"$HOME/f\""
    let file = try await pi.reader.query(Script("file", line, [ScriptFolder.path]))
    let sent = try await pi.reader.query(FileProbe.script([pi.home + "/f"], limit: 100))
    #expect(file == sent && file.text.hasSuffix("data 5\ntext"))
  }
}
