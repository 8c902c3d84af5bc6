/// The tokens of a Lua source with their lines and the partner of each bracket and block.
struct LuaSource {
  let tokens: [LuaTokens.Token]
  let lines: [Int]
  /// For each opening token, the place of its end, and the other way round.
  let partners: [Int: Int]

  /// - Returns: `nil` for brackets without partners; Lua tells such a mistake better.
  init?(_ source: [UInt8]) {
    var reader = LuaTokens(source)
    var tokens: [LuaTokens.Token] = []
    var lines: [Int] = []
    var (place, line) = (0, 1)
    while let token = reader.next() {
      while place < reader.start {
        if source[place] == 0x0A { line += 1 }
        place += 1
      }
      tokens.append(token)
      lines.append(line)
    }
    guard let partners = Self.partners(tokens) else { return nil }
    (self.tokens, self.lines, self.partners) = (tokens, lines, partners)
  }

  private static func partners(_ tokens: [LuaTokens.Token]) -> [Int: Int]? {
    var open: [(closer: String, place: Int)] = []
    var partners: [Int: Int] = [:]
    for (place, token) in tokens.enumerated() {
      let text = token.text
      if let closer = closers[text] {
        open.append((closer, place))
      } else if text == "end" || text == "until" || text == ")" || text == "]" || text == "}" {
        guard let last = open.popLast(), last.closer == text else { return nil }
        partners[last.place] = place
        partners[place] = last.place
      }
    }
    return open.isEmpty ? partners : nil
  }

  /// `for` and `while` have their block in `do`.
  private static let closers = [
    "(": ")", "[": "]", "{": "}", "function": "end", "do": "end", "if": "end", "repeat": "until",
  ]

  /// The text of a name or symbol; empty for a string and outside of the source.
  func text(_ place: Int) -> String { tokens.indices.contains(place) ? tokens[place].text : "" }

  /// The parts of a range between commas or semicolons, brackets and blocks skipped whole.
  func parts(_ range: Range<Int>) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = range.lowerBound
    var place = start
    while place < range.upperBound {
      if text(place) == "," || text(place) == ";" {
        parts.append(start..<place)
        start = place + 1
      }
      if let partner = partners[place], partner > place { place = partner }
      place += 1
    }
    if start < range.upperBound { parts.append(start..<range.upperBound) }
    return parts
  }
}

extension LuaTokens.Token {
  var text: String {
    switch self {
    case .name(let name): name
    case .string: ""
    case .symbol(let byte): String(UnicodeScalar(byte))
    }
  }

  /// Whether the token is a name and no keyword or number.
  var isIdentifier: Bool {
    guard case .name(let name) = self, let first = name.first, !first.isNumber else { return false }
    return !Self.keywords.contains(name)
  }

  private static let keywords: Set<String> = [
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil",
    "not", "or", "repeat", "return", "then", "true", "until", "while",
  ]
}
