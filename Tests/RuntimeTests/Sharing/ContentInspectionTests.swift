import Testing

@testable import Sharing

@Suite("files are inspected before they are loaded")
struct ContentInspectionTests {
  static func problem(_ bytes: [UInt8], in path: String = "recipes/x.lua") -> String? {
    do throws(RepositoryProblem) {
      try ContentInspection.inspect(RepositoryContents(files: [path: bytes]))
      return nil
    } catch { return error.description }
  }

  @Test("plain text is accepted in any script, with emoji, and with Windows line ends")
  func plain() {
    #expect(Self.problem(Array("-- für می\u{200C}خواهم 👩\u{200D}🔧\r\nrecipe {\n\tx = 1 }\n".utf8)) == nil)
    let flame = "\u{2764}\u{FE0F}\u{200D}\u{1F525}"
    #expect(Self.problem(Array("-- \(flame) क\u{94D}\u{200D}ष 한국어 ⠁⠃\n".utf8)) == nil)
    #expect(Self.problem([]) == nil)
  }

  @Test("bytecode is refused under any name")
  func bytecode() {
    let message = "recipes/x.lua:1: the file is compiled Lua; only source text is accepted, so that people can read it"
    #expect(Self.problem([0x1B, 0x4C, 0x75, 0x61, 0x54]) == message)
  }

  @Test("a file that is not UTF-8 is refused with the line")
  func notUTF8() {
    #expect(Self.problem(Array("a\nb".utf8) + [0xC3]) == "recipes/x.lua:2: the file is not UTF-8 text")
  }

  @Test(
    "characters that hide code are refused, even in comments",
    arguments: [
      ("-- x \u{202E} y", 1, "202E"), ("\n--\u{2066}", 2, "2066"), ("x = '\u{1B}[2K'", 1, "001B"),
      ("a\u{0}b", 1, "0000"), ("-- harmless\rfail()", 1, "000D"), ("x\r", 1, "000D"), ("\u{FEFF}x = 1", 1, "FEFF"),
      ("-- \u{E0041}", 1, "E0041"), ("-- \u{85}", 1, "0085"), ("\u{2028}", 1, "2028"),
      ("x = 'a\u{FE0F}'", 1, "FE0F"), ("x = 'a\u{200D}'", 1, "200D"), ("-- é\u{200D}\u{200D}", 1, "200D"),
      ("-- é\u{FE0F}", 1, "FE0F"), ("-- 1\u{FE0F}", 1, "FE0F"), ("-- \u{2764}\u{FE00}", 1, "FE00"),
      ("-- \u{E0100}", 1, "E0100"), ("-- \u{115F}", 1, "115F"), ("-- \u{1160}", 1, "1160"), ("-- \u{3164}", 1, "3164"),
      ("-- \u{FFA0}", 1, "FFA0"), ("-- \u{34F}", 1, "034F"), ("-- \u{17B4}", 1, "17B4"), ("-- \u{2800}", 1, "2800"),
      ("-- \u{AD}", 1, "00AD"), ("-- \u{200B}", 1, "200B"), ("-- \u{1D173}", 1, "1D173"),
    ])
  func unseen(text: String, line: Int, code: String) {
    let digits = String(code.lowercased().drop { $0 == "0" })
    #expect(
      Self.problem(Array(text.utf8))
        == "recipes/x.lua:\(line): the character U+\(code) is invisible or hides other text; write "
        + "\"\\u{\(digits.isEmpty ? "0" : digits)}\" in a string instead")
  }

  @Test("files that are not Lua are never loaded, so any content is accepted")
  func others() {
    #expect(Self.problem([0x1B, 0xFF], in: "recipes/data/picture.bin") == nil)
  }
}
