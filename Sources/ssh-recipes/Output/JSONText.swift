/// A JSON value, printed on one line with its keys in their original order.
enum JSONText {
  case string(String)
  case number(Int64)
  case decimal(Double)
  case boolean(Bool)
  case null
  case array([JSONText])
  case object(KeyValuePairs<String, JSONText>)
  /// An object with keys unknown in advance.
  case fields([(String, JSONText)])

  static func optional(_ text: String?) -> JSONText { text.map { .string($0) } ?? .null }
  static func strings(_ texts: [String]) -> JSONText { .array(texts.map { .string($0) }) }

  var text: String {
    switch self {
    case .string(let text): Self.quoted(text)
    case .number(let number): String(number)
    case .decimal(let number): String(number)
    case .boolean(let flag): String(flag)
    case .null: "null"
    case .array(let items): "[" + items.map(\.text).joined(separator: ",") + "]"
    case .object(let fields): Self.fields(fields.map { ($0.key, $0.value) }).text
    case .fields(let fields):
      "{" + fields.map { Self.quoted($0.0) + ":" + $0.1.text }.joined(separator: ",") + "}"
    }
  }

  /// Escapes DEL and C1 controls in addition to those of RFC 8259, since terminals obey them.
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case _ where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value):
        let hex = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
