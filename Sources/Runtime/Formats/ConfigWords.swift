/// OpenSSH's way to split a configuration line: `strdelim` for the keyword, `argv_split` for the arguments
/// (misc.c, 8.5 and newer). sshd_config and ssh_config are both read this way.
struct ConfigWords: Equatable, Sendable {
  /// The keyword's place in the line.
  var keyword: Range<Int>
  /// From the first argument to the end of the last, quotes included; a trailing comment is outside.
  var arguments: Range<Int>
  /// The arguments without quotes and escapes.
  var words: [String]
  /// Whether a quote stays open; sshd refuses such a line.
  var hasOpenQuote = false

  /// - Returns: `nil` for a blank line or a comment.
  init?(_ line: [UInt8]) {
    var end = line.count
    // A form feed counts as white space only at the end of a line (servconf.c).
    while end > 0, Byte.isSpace(line[end - 1]) || line[end - 1] == Byte.formFeed { end -= 1 }
    var at = 0
    while at < end, Byte.isSpace(line[at]) { at += 1 }
    guard at < end, line[at] != Byte.hash else { return nil }

    if line[at] == Byte.quote {
      let close = line[(at + 1)..<end].firstIndex(of: Byte.quote) ?? end
      keyword = (at + 1)..<close
      at = min(close + 1, end)
    } else {
      let start = at
      while at < end, !Byte.isSpace(line[at]), line[at] != Byte.equals, line[at] != Byte.quote { at += 1 }
      keyword = start..<at
    }
    while at < end, Byte.isSpace(line[at]) { at += 1 }
    // One `=` is skipped; a second `=` would belong to the value.
    if at < end, line[at] == Byte.equals {
      at += 1
      while at < end, Byte.isSpace(line[at]) { at += 1 }
    }
    (words, arguments, hasOpenQuote) = Self.split(line, from: at, to: end)
  }

  private static func split(
    _ line: [UInt8], from start: Int, to end: Int
  ) -> (words: [String], range: Range<Int>, hasOpenQuote: Bool) {
    var words: [String] = []
    var at = start
    var last = start
    while at < end {
      if Byte.isBlank(line[at]) {
        at += 1
        continue
      }
      if line[at] == Byte.hash { break }
      var word: [UInt8] = []
      var quote: UInt8?
      while at < end {
        let byte = line[at]
        let next = at + 1 < end ? line[at + 1] : 0
        if byte == Byte.backslash, isEscapable(next, inQuotes: quote != nil) {
          word.append(next)
          at += 1
        } else if quote == nil, Byte.isBlank(byte) {
          break
        } else if quote == nil, byte == Byte.quote || byte == Byte.apostrophe {
          quote = byte
        } else if byte == quote {
          quote = nil
        } else {
          word.append(byte)
        }
        at += 1
      }
      words.append(String(decoding: word, as: UTF8.self))
      last = at
      if quote != nil { return (words, start..<last, true) }
    }
    return (words, start..<last, false)
  }

  private static func isEscapable(_ byte: UInt8, inQuotes: Bool) -> Bool {
    byte == Byte.quote || byte == Byte.apostrophe || byte == Byte.backslash
      || (byte == Byte.space && !inQuotes)
  }
}
