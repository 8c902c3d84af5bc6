/// Wraps lines by words for a terminal. Escape sequences of colours have no width.
enum WordWrap {
  /// - Parameters:
  ///   - width: columns; a longer word stands alone on a line.
  ///   - indent: blanks before each further line; `nil` for two more than the first line has.
  static func lines(_ text: String, width: Int, indent: Int? = nil) -> [String] {
    let start = text.prefix { $0 == " " }
    let indent = indent ?? start.count + 2
    guard visibleWidth(text) > width, width > indent + 20 else { return [text] }
    var lines: [String] = []
    var line = String(start)
    var isEmpty = true
    for word in text.dropFirst(start.count).split(separator: " ", omittingEmptySubsequences: false) {
      if !isEmpty, visibleWidth(line) + 1 + visibleWidth(word) > width {
        lines.append(line)
        line = String(repeating: " ", count: indent)
        isEmpty = true
        if word.isEmpty { continue }
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    return lines + [line]
  }

  static func visibleWidth(_ text: some StringProtocol) -> Int {
    var width = 0
    var isEscape = false
    for character in text {
      if character == "\u{1B}" { isEscape = true }
      if !isEscape { width += 1 }
      if isEscape, character.isLetter { isEscape = false }
    }
    return width
  }
}
