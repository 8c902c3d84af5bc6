/// Reads SSH's wire format (RFC 4251, section 5).
package struct WireReader {
  private var rest: ArraySlice<UInt8>

  package init(_ bytes: [UInt8]) { rest = bytes[...] }

  var isAtEnd: Bool { rest.isEmpty }

  /// The next length-prefixed field, or `nil` if it is cut off.
  package mutating func string() -> [UInt8]? {
    guard rest.count >= 4 else { return nil }
    let length = Int(rest.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
    guard rest.count - 4 >= length else { return nil }
    let field = Array(rest.dropFirst(4).prefix(length))
    rest = rest.dropFirst(4 + length)
    return field
  }

  /// The next `uint32`.
  package mutating func number() -> Int? {
    guard rest.count >= 4 else { return nil }
    defer { rest = rest.dropFirst(4) }
    return Int(rest.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
  }

  package static func firstString(of bytes: [UInt8]) -> [UInt8]? {
    var reader = WireReader(bytes)
    return reader.string()
  }
}
