/// The values of a JSON text, with mappings in their order and whole numbers kept whole.
struct JSONReader {
  private var bytes: ArraySlice<UInt8>
  private var depth = 0

  /// - Returns: `nil` if the text is no JSON.
  static func value(_ text: String) -> InventoryValue? {
    var reader = JSONReader(bytes: Array(text.utf8)[...])
    guard let value = reader.value() else { return nil }
    reader.skipBlanks()
    return reader.bytes.isEmpty ? value : nil
  }

  private init(bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  private mutating func skipBlanks() { bytes = bytes.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) } }

  private mutating func take(_ text: StaticString) -> Bool {
    skipBlanks()
    let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    guard bytes.starts(with: wanted) else { return false }
    bytes = bytes.dropFirst(wanted.count)
    return true
  }

  private mutating func value() -> InventoryValue? {
    skipBlanks()
    depth += 1
    defer { depth -= 1 }
    guard depth < 256, let first = bytes.first else { return nil }
    switch first {
    case UInt8(ascii: "{"): return table()
    case UInt8(ascii: "["): return list()
    case UInt8(ascii: "\""): return string().map { .text($0) }
    case UInt8(ascii: "t"): return take("true") ? .boolean(true) : nil
    case UInt8(ascii: "f"): return take("false") ? .boolean(false) : nil
    case UInt8(ascii: "n"): return take("null") ? .null : nil
    default: return number()
    }
  }

  private mutating func table() -> InventoryValue? {
    guard take("{") else { return nil }
    var entries: [(String, InventoryValue)] = []
    if take("}") { return .table(InventoryTable()) }
    repeat {
      skipBlanks()
      guard let key = string(), take(":"), let value = value() else { return nil }
      entries.append((key, value))
    } while take(",")
    guard take("}") else { return nil }
    return .table(InventoryTable(entries))
  }

  private mutating func list() -> InventoryValue? {
    guard take("[") else { return nil }
    if take("]") { return .list([]) }
    var items: [InventoryValue] = []
    repeat {
      guard let value = value() else { return nil }
      items.append(value)
    } while take(",")
    return take("]") ? .list(items) : nil
  }

  private mutating func number() -> InventoryValue? {
    let word = bytes.prefix { (0x30...0x39).contains($0) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0) }
    let text = String(decoding: word, as: UTF8.self)
    bytes = bytes.dropFirst(word.count)
    return Int64(text).map { .integer($0) } ?? Double(text).map { .number($0) }
  }

  private mutating func string() -> String? {
    guard take("\"") else { return nil }
    var text: [UInt8] = []
    while let byte = bytes.popFirst() {
      switch byte {
      case UInt8(ascii: "\""): return String(validating: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let scalar = escape() else { return nil }
        text += Array(String(Character(scalar)).utf8)
      case 0..<0x20: return nil
      default: text.append(byte)
      }
    }
    return nil
  }

  private mutating func escape() -> Unicode.Scalar? {
    switch bytes.popFirst() {
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      guard let unit = unit() else { return nil }
      guard (0xD800...0xDBFF).contains(unit) else { return Unicode.Scalar(unit) }
      guard take("\\u"), let low = self.unit(), (0xDC00...0xDFFF).contains(low) else { return nil }
      return Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
    case let other?: return ["\"", "\\", "/"].first { $0.value == UInt32(other) }
    case nil: return nil
    }
  }

  private mutating func unit() -> UInt32? {
    let digits = String(decoding: bytes.prefix(4), as: UTF8.self)
    bytes = bytes.dropFirst(4)
    return digits.utf8.count == 4 ? UInt32(digits, radix: 16) : nil
  }
}
