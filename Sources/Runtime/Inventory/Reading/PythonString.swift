/// A string literal of Python's, with its prefix and quotes.
enum PythonString {
  /// Takes a literal from the front of the text.
  ///
  /// - Returns: `nil` if no literal of text stands there. A literal of bytes counts as text.
  static func take(from rest: inout Substring) -> String? {
    let prefix = rest.prefix { "rRuUbB".contains($0) }
    guard prefix.count <= 2 else { return nil }
    var body = rest.dropFirst(prefix.count)
    guard let quote = body.first, quote == "'" || quote == "\"" else { return nil }
    let isRaw = prefix.contains { $0 == "r" || $0 == "R" }
    let triple = String(repeating: quote, count: 3)
    let end = body.hasPrefix(triple) ? triple : String(quote)
    body = body.dropFirst(end.count)
    var text = ""
    while let character = body.first {
      if body.hasPrefix(end) {
        rest = body.dropFirst(end.count)
        return text
      }
      body.removeFirst()
      if character.isNewline, end.count == 1 { return nil }
      guard character == "\\", let next = body.popFirst() else {
        text.append(character)
        continue
      }
      if isRaw {
        text += "\\" + String(next)
      } else if let escaped = escape(next, from: &body) {
        text += escaped
      } else {
        return nil
      }
    }
    return nil
  }

  private static let simple: [Character: String] = [
    "\n": "", "\\": "\\", "'": "'", "\"": "\"", "a": "\u{7}", "b": "\u{8}", "f": "\u{C}", "n": "\n", "r": "\r",
    "t": "\t", "v": "\u{B}",
  ]

  private static func escape(_ letter: Character, from body: inout Substring) -> String? {
    if let text = simple[letter] { return text }
    let sizes: [Character: Int] = ["x": 2, "u": 4, "U": 8]
    if let size = sizes[letter] {
      let digits = body.prefix(size)
      guard digits.count == size, let number = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(number) else {
        return nil
      }
      body = body.dropFirst(size)
      return String(Character(scalar))
    }
    if let digit = letter.wholeNumberValue, digit < 8 {
      let more = body.prefix(2).prefix { ("0"..."7").contains($0) }
      body = body.dropFirst(more.count)
      return UInt32(String(letter) + more, radix: 8).flatMap(Unicode.Scalar.init).map { String(Character($0)) }
    }
    // Python keeps the backslash of an unknown escape.
    return "\\" + String(letter)
  }
}
