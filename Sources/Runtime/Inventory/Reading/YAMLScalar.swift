/// A plain scalar of YAML 1.1, by the rules of PyYAML: `yes` is true, `010` is 8, `1:30` is 90, `1e3` is text.
enum YAMLScalar {
  static func value(_ text: String) -> InventoryValue {
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON": return .boolean(true)
    case "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF": return .boolean(false)
    default: break
    }
    guard let first = text.utf8.first, first < 0x3A else { return .text(text) }
    return integer(text).map { .integer($0) } ?? number(text).map { .number($0) } ?? .text(text)
  }

  private static func integer(_ text: String) -> Int64? {
    let isNegative = text.hasPrefix("-")
    let body = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
    let plain = body.replacing("_", with: "")
    let amount: Int64? =
      if body.wholeMatch(of: /0b[01_]+/) != nil {
        Int64(plain.dropFirst(2), radix: 2)
      } else if body.wholeMatch(of: /0x[0-9a-fA-F_]+/) != nil {
        Int64(plain.dropFirst(2), radix: 16)
      } else if body.wholeMatch(of: /0[0-7_]+/) != nil {
        Int64(plain, radix: 8)
      } else if body.wholeMatch(of: /0|[1-9][0-9_]*/) != nil {
        Int64(plain)
      } else if body.wholeMatch(of: /[1-9][0-9_]*(?::[0-5]?[0-9])+/) != nil {
        plain.split(separator: ":").reduce(0 as Int64?) { sum, part in
          Int64(part).flatMap { part in sum.map { $0 * 60 + part } }
        }
      } else {
        nil
      }
    return amount.map { isNegative ? -$0 : $0 }
  }

  private static func number(_ text: String) -> Double? {
    let isNegative = text.hasPrefix("-")
    let body = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
    let plain = body.replacing("_", with: "").lowercased()
    if plain == ".inf" { return isNegative ? -.infinity : .infinity }
    if plain == ".nan" { return .nan }
    if let parts = body.wholeMatch(of: /([0-9][0-9_]*(?::[0-5]?[0-9])+)\.([0-9_]*)/) {
      let whole = parts.output.1.replacing("_", with: "").split(separator: ":")
        .reduce(0.0) { $0 * 60 + (Double($1) ?? 0) }
      let size = whole + (Double("0." + parts.output.2.replacing("_", with: "") + "0") ?? 0)
      return isNegative ? -size : size
    }
    guard body.wholeMatch(of: /[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?/) != nil
    else { return nil }
    let parts = plain.split(separator: "e", maxSplits: 1).map(String.init)
    let mantissa = "0" + parts[0] + (parts[0].hasSuffix(".") ? "0" : "")
    return Double(([mantissa] + parts.dropFirst()).joined(separator: "e")).map { isNegative ? -$0 : $0 }
  }
}
