/// Reads decisions from the input's bytes; after the last byte, every decision is the first choice.
struct FuzzInput {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  var isEmpty: Bool { rest.isEmpty }

  mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

  mutating func number(below limit: Int) -> Int {
    guard limit > 256 else { return Int(byte()) % max(1, limit) }
    return (Int(byte()) << 8 | Int(byte())) % limit
  }

  mutating func choice<T>(of items: [T]) -> T { items[number(below: items.count)] }

  mutating func bytes(_ count: Int) -> [UInt8] {
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }
}

extension Array where Element == UInt8 {
  /// The bytes as a string of Lua source.
  var luaLiteral: String {
    "\""
      + map { byte in
        let digits = String(byte)
        return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
      }.joined() + "\""
  }
}
