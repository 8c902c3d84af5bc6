/// A number as Python writes it: `1_000`, `0x1f`, `1.5e3`; not `010`, which Python refuses.
enum PythonNumber {
  static func value(_ text: String) -> InventoryValue? {
    guard let first = text.first, first.isASCII, first.isNumber || first == "." else { return nil }
    guard text.last != "_", !text.contains("__") else { return nil }
    let plain = text.replacing("_", with: "").lowercased()
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where plain.hasPrefix(prefix) {
      return Int64(plain.dropFirst(2), radix: radix).map { .integer($0) }
    }
    if plain.allSatisfy(\.isNumber) {
      guard plain.first != "0" || plain.allSatisfy({ $0 == "0" }) else { return nil }
      return Int64(plain).map { .integer($0) }
    }
    guard plain.allSatisfy({ $0.isNumber || ".e+-".contains($0) }), plain.contains(where: \.isNumber) else {
      return nil
    }
    // Swift wants a digit on both sides of the point.
    let parts = plain.split(separator: "e", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    var mantissa = parts[0]
    if mantissa.hasPrefix(".") { mantissa = "0" + mantissa }
    if mantissa.hasSuffix(".") { mantissa += "0" }
    return Double(([mantissa] + parts.dropFirst()).joined(separator: "e")).map { .number($0) }
  }
}
