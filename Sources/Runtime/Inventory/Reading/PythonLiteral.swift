import Values

/// A value in the syntax of Python's `ast.literal_eval`: numbers, booleans, lists and mappings in an INI inventory.
struct PythonLiteral {
  private var rest: Substring
  private var depth = 0

  /// - Returns: the text itself if the text is no literal.
  static func value(_ text: String) -> InventoryValue {
    var reader = PythonLiteral(rest: text.drop { $0 == " " || $0 == "\t" })
    guard let value = reader.expression(), reader.isAtEnd() else { return .text(text) }
    return value
  }

  private init(rest: Substring) { self.rest = rest }

  private mutating func isAtEnd() -> Bool {
    skipBlanks()
    return rest.isEmpty || rest.first == "#"
  }

  private mutating func skipBlanks() {
    rest = rest.drop { $0 == " " || $0 == "\t" || depth > 0 && $0.isNewline }
  }

  private mutating func take(_ text: String) -> Bool {
    skipBlanks()
    guard rest.hasPrefix(text) else { return false }
    rest = rest.dropFirst(text.count)
    return true
  }

  /// A value, or a tuple without parentheses.
  private mutating func expression() -> InventoryValue? {
    guard let first = value() else { return nil }
    guard take(",") else { return first }
    var items = [first]
    while !isAtEnd() {
      guard let next = value() else { return nil }
      items.append(next)
      guard take(",") else { break }
    }
    return .list(items)
  }

  private mutating func value() -> InventoryValue? {
    skipBlanks()
    depth += 1
    defer { depth -= 1 }
    guard depth < 64, let first = rest.first else { return nil }
    switch first {
    case "[": return items(from: "[", to: "]").map { .list($0.items) }
    case "(": return parenthesis()
    case "{": return braces()
    case "'", "\"": return string()
    case "+", "-":
      rest.removeFirst()
      return value().flatMap { Self.signed($0, isNegative: first == "-") }
    case _ where first.isASCII && first.isNumber || first == ".": return number()
    default:
      let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      let known: InventoryValue? =
        switch name {
        case "True": .boolean(true)
        case "False": .boolean(false)
        case "None": .null
        default: nil
        }
      if name == "set", rest.dropFirst(3).hasPrefix("()") {
        rest = rest.dropFirst(5)
        return .list([])
      }
      guard let known else { return string() }
      rest = rest.dropFirst(name.count)
      return known
    }
  }

  private static func signed(_ value: InventoryValue, isNegative: Bool) -> InventoryValue? {
    switch value {
    case .integer(let number): .integer(isNegative ? -number : number)
    case .number(let number): .number(isNegative ? -number : number)
    default: nil
    }
  }

  private mutating func items(from open: String, to close: String) -> (items: [InventoryValue], hasComma: Bool)? {
    guard take(open) else { return nil }
    var items: [InventoryValue] = []
    var hasComma = false
    while !take(close) {
      guard items.isEmpty || hasComma, let item = value() else { return nil }
      items.append(item)
      hasComma = take(",")
      if !hasComma { return take(close) ? (items, items.count > 1) : nil }
    }
    return (items, hasComma)
  }

  /// A tuple, or a value in parentheses.
  private mutating func parenthesis() -> InventoryValue? {
    guard let found = items(from: "(", to: ")") else { return nil }
    if found.items.count == 1, !found.hasComma { return found.items.first }
    return .list(found.items)
  }

  /// A mapping, or a set as a list.
  private mutating func braces() -> InventoryValue? {
    guard take("{") else { return nil }
    if take("}") { return .table(InventoryTable()) }
    guard let first = value() else { return nil }
    guard take(":") else {
      var items = [first]
      while take(",") {
        if take("}") { return .list(items.unique) }
        guard let next = value() else { return nil }
        items.append(next)
      }
      return take("}") ? .list(items.unique) : nil
    }
    var table = InventoryTable()
    var key = first
    while true {
      guard let name = Self.key(key), let item = value() else { return nil }
      table[name] = item
      let hasComma = take(",")
      if take("}") { return .table(table) }
      guard hasComma, let next = value(), take(":") else { return nil }
      key = next
    }
  }

  /// A mapping's key as JSON writes it.
  private static func key(_ value: InventoryValue) -> String? { value.isNull ? "null" : value.word }

  private mutating func string() -> InventoryValue? {
    var text = ""
    var isFirst = true
    while let part = PythonString.take(from: &rest) {
      text += part
      isFirst = false
      skipBlanks()
    }
    return isFirst ? nil : .text(text)
  }

  private mutating func number() -> InventoryValue? {
    let word = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "_") }
    var text = String(word)
    if let last = text.last, last == "e" || last == "E", !text.hasPrefix("0x"),
      let sign = rest.dropFirst(text.count).first,
      sign == "+" || sign == "-"
    {
      text += String(sign) + rest.dropFirst(text.count + 1).prefix { $0.isASCII && ($0.isNumber || $0 == "_") }
    }
    guard let value = PythonNumber.value(text) else { return nil }
    rest = rest.dropFirst(text.count)
    return value
  }
}
