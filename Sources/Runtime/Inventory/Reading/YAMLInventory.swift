/// Ansible's YAML format: groups with `hosts`, `vars` and `children`.
enum YAMLInventory {
  /// - Throws: ``InventoryError``.
  static func read(
    _ value: InventoryValue?, source: String, into inventory: inout Inventory
  ) throws(InventoryError) {
    do throws(InventoryError.Problem) {
      guard let value, !value.isNull else { throw .malformed("the file has no content") }
      guard case .table(let top) = value else {
        throw .mismatch(place: "the top of the file", expected: "a mapping of groups", got: value.typeName)
      }
      if let plugin = top["plugin"]?.word { throw .pluginConfiguration(plugin) }
      for (name, value) in top.entries { try take(name, value, source, &inventory) }
    } catch { throw InventoryError(source, error) }
  }

  /// - Returns: whether the value is a group.
  @discardableResult
  private static func take(
    _ name: String, _ value: InventoryValue, _ source: String, _ inventory: inout Inventory
  ) throws(InventoryError.Problem) -> Bool {
    if value.isNull {
      inventory.add(group: name)
      return true
    }
    guard case .table(let group) = value else {
      inventory.warnings.append("\(source): \"\(name)\" is skipped: expected a group, got \(value.typeName)")
      return false
    }
    inventory.add(group: name)
    for (key, value) in group.entries {
      guard ["hosts", "vars", "children"].contains(key) else {
        inventory.warnings.append(
          "\(source): \"\(key)\" in the group \"\(name)\" is skipped; expected hosts, vars, children")
        continue
      }
      let entries = try self.entries(value, "\"\(key)\" of the group \"\(name)\"")
      for (entry, value) in entries {
        switch key {
        case "vars": try inventory.set(entry, value, of: name, from: source)
        case "children":
          try take(entry, value, source, &inventory)
          inventory.add(group: entry)
          try inventory.add(child: entry, to: name)
        default: try take(host: entry, value, of: name, source, &inventory)
        }
      }
    }
    return true
  }

  /// A mapping, nothing, or a single name.
  private static func entries(
    _ value: InventoryValue, _ place: String
  ) throws(InventoryError.Problem) -> [(key: String, value: InventoryValue)] {
    switch value {
    case .table(let table): return table.entries
    case .null: return []
    case .text(let name): return [(name, .null)]
    default: throw .mismatch(place: place, expected: "a mapping", got: value.typeName)
    }
  }

  private static func take(
    host text: String, _ value: InventoryValue, of group: String, _ source: String, _ inventory: inout Inventory
  ) throws(InventoryError.Problem) {
    let range = try HostRange(text)
    let variables: InventoryTable
    switch value {
    case .table(let table): variables = table
    case .null: variables = InventoryTable()
    default: throw .mismatch(place: "the host \"\(text)\"", expected: "a mapping of variables", got: value.typeName)
    }
    try inventory.add(range, to: group, variables.entries, from: source)
  }
}
