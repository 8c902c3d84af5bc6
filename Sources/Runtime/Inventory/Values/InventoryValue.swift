/// The value of a variable in an inventory: the values of JSON, and a value that Ansible Vault has encrypted.
package enum InventoryValue: Sendable, Hashable {
  case null
  case boolean(Bool)
  case integer(Int64)
  case number(Double)
  case text(String)
  case list([InventoryValue])
  case table(InventoryTable)
  /// Encrypted by Ansible Vault. An error only when the value is used.
  case vault

  /// The type's name in messages.
  package var typeName: String {
    switch self {
    case .null: "nothing"
    case .boolean: "a boolean"
    case .integer, .number: "a number"
    case .text: "text"
    case .list: "a list"
    case .table: "a mapping"
    case .vault: "a value encrypted by Ansible Vault"
    }
  }

  /// The value as a user would type the value; `nil` for lists, mappings, null and encrypted values.
  package var word: String? {
    switch self {
    case .boolean(let flag): String(flag)
    case .integer(let number): String(number)
    case .number(let number): "\(number)"
    case .text(let text): text
    case .null, .list, .table, .vault: nil
    }
  }

  package var isNull: Bool { self == .null }

  /// Whether the text is a template of Ansible's, which only Ansible can evaluate.
  package var isTemplate: Bool {
    guard case .text(let text) = self else { return false }
    return text.contains("{{") || text.contains("{%")
  }
}

/// A mapping with the keys in their original order; the order does not count in comparisons.
package struct InventoryTable: Sendable, Hashable {
  package private(set) var keys: [String] = []
  package private(set) var values: [String: InventoryValue] = [:]

  package init() {}

  /// A later entry replaces an earlier entry of the same key in the earlier entry's place.
  package init(_ entries: some Sequence<(String, InventoryValue)>) {
    for (key, value) in entries { self[key] = value }
  }

  package subscript(key: String) -> InventoryValue? {
    get { values[key] }
    set {
      if values[key] == nil, newValue != nil { keys.append(key) }
      if newValue == nil { keys.removeAll { $0 == key } }
      values[key] = newValue
    }
  }

  package var entries: [(key: String, value: InventoryValue)] {
    keys.compactMap { key in values[key].map { (key, $0) } }
  }

  package static func == (left: Self, right: Self) -> Bool { left.values == right.values }
  package func hash(into hasher: inout Hasher) { hasher.combine(values) }
}
