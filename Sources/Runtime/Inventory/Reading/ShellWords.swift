/// Words as Python's `shlex.split` reads them, with comments: quotes group, `\` escapes, and `#` begins a comment even
/// inside a word.
enum ShellWords {
  /// - Returns: `nil` for an unclosed quote or a trailing backslash.
  static func split(_ text: String, comments: Bool = true) -> [String]? {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var rest = text[...]
    while let character = rest.popFirst() {
      if let open = quote {
        if character == open {
          quote = nil
        } else if character == "\\", open == "\"", let next = rest.first {
          if next == "\"" || next == "\\" { _ = rest.popFirst() }
          word?.append(next == "\"" || next == "\\" ? next : character)
        } else {
          word?.append(character)
        }
        continue
      }
      switch character {
      case "#" where comments: rest = ""
      case "'", "\"":
        quote = character
        word = word ?? ""
      case "\\":
        guard let next = rest.popFirst() else { return nil }
        word = (word ?? "") + String(next)
      case _ where character.isWhitespace:
        if let done = word { words.append(done) }
        word = nil
      default: word = (word ?? "") + String(character)
      }
    }
    guard quote == nil else { return nil }
    return words + (word.map { [$0] } ?? [])
  }
}
