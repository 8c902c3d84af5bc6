import Yams

/// The values of a YAML 1.1 text, as Ansible's loader reads them.
enum YAMLReader {
  /// Aliases repeat their anchors: a small text may stand for billions of values.
  static let limit = 1_000_000

  /// - Returns: `nil` for a text without a document.
  /// - Throws: ``InventoryError`` with the line of the mistake.
  static func value(_ text: String, source: String) throws(InventoryError) -> InventoryValue? {
    let root: Node?
    do { root = try Yams.compose(yaml: text, .basic, .default, .utf8) } catch {
      let (line, problem) = describe(error)
      throw InventoryError(source, line: line, .malformed(problem))
    }
    guard let root else { return nil }
    var budget = limit
    do throws(InventoryError.Problem) { return try value(root, &budget) } catch {
      throw InventoryError(source, error)
    }
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
    case .mapping(let mapping): return .table(try table(mapping, &budget))
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
    for (key, node) in mapping {
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
