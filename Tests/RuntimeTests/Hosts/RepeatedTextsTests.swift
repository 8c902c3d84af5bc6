import Testing

@testable import Hosts

@Suite struct RepeatedTextsTests {
  private static let long = String(repeating: "it's long\n", count: 60)

  @Test func `a long text sent again is put into a variable, and later named alone`() {
    var texts = RepeatedTexts()
    let first = texts.word(for: Self.long)
    #expect(first.definition == [])
    let second = texts.word(for: Self.long)
    #expect(text(second.word) == "\"$ssh_recipes_1\"")
    #expect(text(second.definition) == "ssh_recipes_1=\(text(first.word))\n")
    let third = texts.word(for: Self.long)
    #expect(third.word == second.word && third.definition == [])
    for _ in 1...3 { #expect(texts.word(for: "short").definition == []) }
  }

  @Test("a shell runs the same script again and again, whatever is sent in between", arguments: LocalShells.all)
  func shell(name: String) async throws {
    let shell = LocalShells.shell(name)
    let script = Script("long", "printf %s \"$1\"\n#" + Self.long.replacing("\n", with: " "), [Self.long])
    for number in 1...4 {
      #expect(try await shell.run(script).stdout == Array(Self.long.utf8))
      #expect(try await shell.run(Script("short", "echo \"$1\"", ["\(number)"])).text == "\(number)")
    }
    await shell.close()
  }
}
