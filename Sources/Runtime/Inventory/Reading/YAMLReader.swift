import Yams

/// The values of a YAML 1.1 text, as Ansible's loader reads them.
enum YAMLReader {
  /// Aliases repeat their anchors: a small text may stand for billions of values.
  static let limit = 1_000_000

  /// - Returns: `nil` for a text without a document.
  /// - Throws: ``InventoryError`` with the line of the mistake.
  static func value(_ text: String, source: String) throws(InventoryError) -> InventoryValue? {
    do { return try value(of: Yams.compose(yaml: text, .basic, .default, .utf8), source) } catch {
      throw failure(error, source)
    }
  }

  /// The values of a text in which a key may stand twice in a mapping: the last one counts, with a warning.
  static func value(
    _ text: String, source: String, warnings: inout [String]
  ) throws(InventoryError) -> InventoryValue? {
    var duplicates = YAMLDuplicates(text)
    while true {
      do {
        let value = try value(of: Yams.compose(yaml: duplicates.text, .basic, .default, .utf8), source)
        warnings += duplicates.lines.map {
          "\(source):\($0): this key stands again in its mapping; the last one counts"
        }
        return value
      } catch YamlError.duplicatedKeysInMapping(_, let context) where duplicates.rename(at: context.mark) {
        continue
      } catch { throw failure(error, source) }
    }
  }

  private static func value(of root: Node?, _ source: String) throws(InventoryError) -> InventoryValue? {
    guard let root else { return nil }
    var budget = limit
    do throws(InventoryError.Problem) { return try value(root, &budget) } catch {
      throw InventoryError(source, error)
    }
  }

  private static func failure(_ error: any Error, _ source: String) -> InventoryError {
    if let error = error as? InventoryError { return error }
    let (line, problem) = describe(error)
    return InventoryError(source, line: line, .malformed(problem))
  }

  private static func describe(_ error: any Error) -> (line: Int?, problem: String) {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      (mark.line, "this is no YAML: \(problem)")
    case .duplicatedKeysInMapping(let names, let context):
      (context.mark.line, "the key \(names.map { "\"\($0)\"" }.joined(separator: ", ")) stands twice in one mapping")
    default: (nil, "this is no YAML: \(error)")
    }
  }

  private static func value(_ node: Node, _ budget: inout Int) throws(InventoryError.Problem) -> InventoryValue {
    budget -= 1
    guard budget > 0 else { throw .malformed("more than \(limit) values") }
    switch node {
    case .scalar(let scalar): return self.scalar(scalar)
    case .sequence(let sequence):
      var items: [InventoryValue] = []
      for item in sequence { items.append(try value(item, &budget)) }
      return .list(items)
    case .mapping(let mapping):
      let table = try table(mapping, &budget)
      let isSet = mapping.tag.rawValue == "tag:yaml.org,2002:set"
      return isSet ? .list(table.keys.map { .text($0) }) : .table(table)
    case .alias: return .null
    }
  }

  private static func scalar(_ scalar: Node.Scalar) -> InventoryValue {
    switch scalar.tag.rawValue {
    case "tag:yaml.org,2002:str", "!unsafe": return .text(scalar.string)
    case "!vault", "!vault-encrypted": return .vault
    default: break
    }
    let isPlain = scalar.style == .plain || scalar.style == .any
    return isPlain || scalar.tag.rawValue.hasPrefix("tag:yaml.org,2002:")
      ? YAMLScalar.value(scalar.string) : .text(scalar.string)
  }

  /// A mapping. The mapping's own entries win over the entries merged by `<<`.
  private static func table(
    _ mapping: Node.Mapping, _ budget: inout Int
  ) throws(InventoryError.Problem) -> InventoryTable {
    var merged: [(String, InventoryValue)] = []
    var own: [(String, InventoryValue)] = []
    for (key, node) in mapping where !YAMLDuplicates.isRenamed(key.string) {
      let name = try self.key(key, &budget)
      let value = try value(node, &budget)
      guard name == "<<", key.scalar?.style == .plain else {
        own.append((name, value))
        continue
      }
      switch value {
      case .table(let table): merged += table.entries.map { ($0.key, $0.value) }
      case .list(let tables):
        // Of several, the first one wins.
        for case .table(let table) in tables.reversed() { merged += table.entries.map { ($0.key, $0.value) } }
      default: throw .mismatch(place: "<<", expected: "a mapping", got: value.typeName)
      }
    }
    return InventoryTable(merged + own)
  }

  private static func key(_ node: Node, _ budget: inout Int) throws(InventoryError.Problem) -> String {
    let value = try value(node, &budget)
    if value.isNull { return "null" }
    guard let word = value.word else { throw .mismatch(place: "a key", expected: "text", got: value.typeName) }
    return word
  }
}
