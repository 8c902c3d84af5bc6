import Values

/// The values that a source shows without being run.
extension LuaSource {
  /// In place of a value that only a run knows.
  static let unknown = LuaValue.object(LuaObject(kind: "?", id: 0))
  private static let deepest = 20

  /// The value of an expression; ``unknown`` for all but literals and tables of them.
  func value(_ range: Range<Int>, depth: Int = 0) -> LuaValue {
    guard let first = range.first, depth < Self.deepest else { return Self.unknown }
    if range.count == 1 {
      if case .string(let bytes) = tokens[first] { return .string(bytes) }
      switch text(first) {
      case "nil": return .nil
      case "true": return .boolean(true)
      case "false": return .boolean(false)
      default: return Int64(text(first)).map { .integer($0) } ?? Self.unknown
      }
    }
    if range.count == 2, text(first) == "-", let number = Int64(text(first + 1)) { return .integer(-number) }
    guard text(first) == "{", partners[first] == range.upperBound - 1 else { return Self.unknown }
    let (table, isOpen) = table(first + 1..<range.upperBound - 1, depth: depth + 1)
    return isOpen ? Self.unknown : .table(table)
  }

  /// - Returns: the table, and whether a run may find more entries in it.
  func table(_ range: Range<Int>, depth: Int = 0) -> (table: LuaTable, isOpen: Bool) {
    var table = LuaTable()
    var isOpen = false
    for part in parts(range) {
      let first = part.lowerBound
      if part.count > 2, tokens[first].isIdentifier, text(first + 1) == "=", text(first + 2) != "=" {
        table.fields[text(first)] = value(first + 2..<part.upperBound, depth: depth)
      } else if text(first) == "[", let end = partners[first], text(end + 1) == "=" {
        guard end == first + 2, case .string(let bytes) = tokens[first + 1] else {
          isOpen = true
          continue
        }
        table.fields[String(decoding: bytes, as: UTF8.self)] = value(end + 2..<part.upperBound, depth: depth)
      } else {
        table.list.append(value(part, depth: depth))
        if part.upperBound == range.upperBound, mayBeMore(part) { isOpen = true }
      }
    }
    // A nil in between ends the list of Lua's own.
    return (table, isOpen || table.list.contains(.nil))
  }

  /// Whether an expression may be several values: a call, or `...`.
  func mayBeMore(_ part: Range<Int>) -> Bool {
    let last = part.upperBound - 1
    if text(last) == ")" || text(last) == "." { return true }
    return part.count > 1 && (text(last) == "}" || tokens[last].text.isEmpty)
  }
}

extension LuaValue {
  /// Whether only a run knows the whole value.
  var isUnknown: Bool {
    switch self {
    case .object: true
    case .table(let table): table.list.contains(where: \.isUnknown) || table.fields.values.contains(where: \.isUnknown)
    default: false
    }
  }
}
