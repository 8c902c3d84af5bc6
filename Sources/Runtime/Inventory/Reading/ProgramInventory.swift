import Values

/// The JSON of a dynamic inventory program, and of `ansible-inventory --list`.
struct ProgramInventory {
  private let source: String
  /// The hosts of all groups; a host of several groups is there several times.
  private var hosts: [String] = []
  /// The variables of all hosts; `nil` if the program wants to be asked for each host.
  private var hostVariables: InventoryTable?

  /// - Parameter ask: asks the program for a host's variables.
  /// - Throws: ``InventoryError``.
  static func read(
    _ value: InventoryValue, source: String, into inventory: inout Inventory,
    ask: (String) async throws(InventoryError) -> InventoryValue
  ) async throws(InventoryError) {
    var reader = ProgramInventory(source: source)
    do throws(InventoryError.Problem) { try reader.take(value, into: &inventory) } catch {
      throw InventoryError(source, error)
    }
    for host in reader.hosts.unique {
      let own: InventoryValue
      if let known = reader.hostVariables { own = known[host] ?? .null } else { own = try await ask(host) }
      switch own {
      case .table(let table):
        do throws(InventoryError.Problem) {
          for (name, value) in table.entries { try inventory.set(name, value.unwrapped, ofHost: host, from: source) }
        } catch { throw InventoryError(source, error) }
      case .null: break
      default:
        let place = "the variables of the host \"\(host)\""
        throw InventoryError(source, .mismatch(place: place, expected: "a mapping", got: own.typeName))
      }
    }
  }

  private init(source: String) { self.source = source }

  private mutating func take(_ value: InventoryValue, into inventory: inout Inventory) throws(InventoryError.Problem) {
    guard case .table(let top) = value else {
      throw .mismatch(place: "the answer to --list", expected: "a mapping of groups", got: value.typeName)
    }
    for (name, value) in top.entries {
      if name == "_meta" { try takeMeta(value) } else { try take(name, value, into: &inventory) }
    }
  }

  private mutating func takeMeta(_ value: InventoryValue) throws(InventoryError.Problem) {
    guard case .table(let meta) = value, case .table(let variables)? = meta["hostvars"] else {
      throw .mismatch(place: "_meta.hostvars", expected: "a mapping", got: "another value")
    }
    hostVariables = variables
  }

  private mutating func take(
    _ group: String, _ value: InventoryValue, into inventory: inout Inventory
  ) throws(InventoryError.Problem) {
    inventory.add(group: group)
    var parts = InventoryTable([("hosts", value)])
    if case .table(let table) = value {
      let isGroup = ["hosts", "vars", "children"].contains { table[$0] != nil }
      // A group with other keys is a host.
      parts = isGroup ? table : InventoryTable([("hosts", .list([.text(group)])), ("vars", value)])
    }
    for host in try names(parts["hosts"], "\(group).hosts") {
      hosts.append(host)
      inventory.add(host: host, to: group)
    }
    if let variables = parts["vars"] {
      guard case .table(let table) = variables else {
        throw .mismatch(place: "\(group).vars", expected: "a mapping", got: variables.typeName)
      }
      for (name, value) in table.entries { try inventory.set(name, value.unwrapped, of: group, from: source) }
    }
    for child in try names(parts["children"], "\(group).children") {
      inventory.add(group: child)
      try inventory.add(child: child, to: group)
    }
  }

  private func names(_ value: InventoryValue?, _ place: String) throws(InventoryError.Problem) -> [String] {
    guard let value else { return [] }
    guard case .list(let items) = value else {
      throw .mismatch(place: place, expected: "a list of names", got: value.typeName)
    }
    var names: [String] = []
    for item in items {
      guard let name = item.word else { throw .mismatch(place: place, expected: "a name", got: item.typeName) }
      names.append(name)
    }
    return names
  }
}

extension InventoryValue {
  /// Without the wrappers of `ansible-inventory --list` around texts that are no templates, and encrypted values.
  var unwrapped: InventoryValue {
    switch self {
    case .table(let table):
      if table.keys.count == 1, let text = table["__ansible_unsafe"] { return text }
      if table.keys.count == 1, table["__ansible_vault"] != nil { return .vault }
      return .table(InventoryTable(table.entries.map { ($0.key, $0.value.unwrapped) }))
    case .list(let items): return .list(items.map(\.unwrapped))
    default: return self
    }
  }
}
