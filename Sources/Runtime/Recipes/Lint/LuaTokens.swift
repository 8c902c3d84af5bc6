import Lua

/// The tokens of a Lua source without comments, to find the names in the source without running it. A source that Lua
/// refuses gives some tokens, never an error.
package struct LuaTokens: Sequence, IteratorProtocol {
  package enum Token: Hashable, Sendable {
    case name(String)
    /// The content, with escapes of bytes and line ends resolved.
    case string([UInt8])
    case symbol(UInt8)
  }

  private let bytes: [UInt8]
  private var index: Int
  /// The place of the last token's first byte.
  private(set) var start = 0

  package init(_ source: [UInt8]) {
    bytes = source
    index = LuaPreamble.length(in: source)
  }

  package mutating func next() -> Token? {
    while let byte = peek() {
      start = index
      switch byte {
      case 0x09...0x0D, 0x20: index += 1
      case UInt8(ascii: "-") where peek(1) == byte:
        index += 2
        if let level = longBracket() { _ = long(level) } else { skipLine() }
      case UInt8(ascii: "["):
        guard let level = longBracket() else { return symbol(byte) }
        return .string(long(level))
      case UInt8(ascii: "\""), UInt8(ascii: "'"): return .string(short(byte))
      case _ where Self.isWord(byte): return word()
      default: return symbol(byte)
      }
    }
    return nil
  }

  private func peek(_ offset: Int = 0) -> UInt8? { index + offset < bytes.count ? bytes[index + offset] : nil }

  private mutating func symbol(_ byte: UInt8) -> Token {
    index += 1
    return .symbol(byte)
  }

  private mutating func skipLine() {
    while let byte = peek(), byte != 0x0A, byte != 0x0D { index += 1 }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
  }

  /// Numbers count as names, since no caller needs them.
  private mutating func word() -> Token {
    let start = index
    while let byte = peek(), Self.isWord(byte) { index += 1 }
    return .name(String(decoding: bytes[start..<index], as: UTF8.self))
  }

  /// Skips an opening long bracket; returns its number of `=`, or `nil` if there is no bracket.
  private mutating func longBracket() -> Int? {
    guard peek() == UInt8(ascii: "[") else { return nil }
    var level = 0
    while peek(1 + level) == UInt8(ascii: "=") { level += 1 }
    guard peek(1 + level) == UInt8(ascii: "[") else { return nil }
    index += level + 2
    return level
  }

  private mutating func long(_ level: Int) -> [UInt8] {
    let end = [UInt8(ascii: "]")] + [UInt8](repeating: UInt8(ascii: "="), count: level) + [UInt8(ascii: "]")]
    let start = index
    while index < bytes.count {
      if bytes[index...].starts(with: end) {
        defer { index += end.count }
        return Array(bytes[start..<index])
      }
      index += 1
    }
    return Array(bytes[start...])
  }

  private mutating func short(_ quote: UInt8) -> [UInt8] {
    var content: [UInt8] = []
    index += 1
    while let byte = peek(), byte != 0x0A {
      index += 1
      if byte == quote { break }
      if byte == UInt8(ascii: "\\") { content += escape() } else { content.append(byte) }
    }
    return content
  }

  /// The bytes for an escape after a backslash (Lua 5.4 manual, 3.1).
  private mutating func escape() -> [UInt8] {
    guard let byte = peek() else { return [] }
    index += 1
    switch byte {
    case UInt8(ascii: "x"): return number(radix: 16, atMost: 2)
    case 48...57:
      index -= 1
      return number(radix: 10, atMost: 3)
    case UInt8(ascii: "u"): return scalar()
    case UInt8(ascii: "z"):
      while let space = peek(), (0x09...0x0D).contains(space) || space == 0x20 { index += 1 }
      return []
    default: return [Self.controls[byte] ?? byte]
    }
  }

  private static let controls: [UInt8: UInt8] = [
    UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "t"): 9, UInt8(ascii: "n"): 10, UInt8(ascii: "v"): 11,
    UInt8(ascii: "f"): 12, UInt8(ascii: "r"): 13,
  ]

  private mutating func number(radix: Int, atMost count: Int) -> [UInt8] {
    let digits = bytes[index...].prefix(count).prefix { Character(Unicode.Scalar($0)).isHexDigit }
    let text = String(decoding: digits, as: UTF8.self)
    let valid = text.prefix { $0.hexDigitValue.map { $0 < radix } ?? false }
    index += valid.utf8.count
    return Int(valid, radix: radix).map { [UInt8(truncatingIfNeeded: $0)] } ?? []
  }

  /// Skips only digits: a search for the closing bracket would scan the whole file, and again at the next escape.
  private mutating func scalar() -> [UInt8] {
    guard peek() == UInt8(ascii: "{") else { return [] }
    index += 1
    var value: UInt32 = 0
    // Lua accepts any number of leading zeros.
    while let digit = peek().flatMap({ Character(Unicode.Scalar($0)).hexDigitValue }) {
      value = Swift.min(value << 4 | UInt32(digit), 1 << 24)
      index += 1
    }
    guard peek() == UInt8(ascii: "}") else { return [] }
    index += 1
    return Unicode.Scalar(value).map { Array(String($0).utf8) } ?? []
  }
}
