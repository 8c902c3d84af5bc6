import Lua
import Values

/// `hosts.lua`: a table of hosts and groups, or code that makes one, in the sandbox of recipes.
///
///     return {
///       "pi@raspberrypi.local",
///       web = { "web[1:3]", user = "admin", vars = { mode = "700" } },
///       site = { children = { "web" } },
///     }
enum LuaInventory {
  private static let connection = [
    "address": "ansible_host", "user": "ansible_user", "port": "ansible_port",
    "key": "ansible_ssh_private_key_file", "jump": HostConnection.jumpVariable,
  ]

  /// - Throws: ``InventoryError``.
  static func read(_ text: String, source: String, into inventory: inout Inventory) async throws(InventoryError) {
    let value = try await evaluate(text, source)
    do throws(InventoryError.Problem) {
      guard case .table(let table) = value else {
        throw .mismatch(place: "the result", expected: "a table of hosts and groups", got: value.typeName)
      }
      for entry in table.list { try take(host: entry, of: "ungrouped", source, &inventory) }
      for (name, group) in table.fields.sorted(by: { $0.key < $1.key }) {
        try take(group, name, source, &inventory)
      }
    } catch { throw InventoryError(source, error) }
  }

  private static func evaluate(_ text: String, _ source: String) async throws(InventoryError) -> LuaValue {
    let machine: LuaMachine
    do { machine = try LuaMachine(limits: .standard, name: source) } catch {
      throw InventoryError(source, .lua("\(error)"))
    }
    let result: Result<[LuaValue], LuaError>
    do throws(LuaError) {
      result = .success(try await machine.call(try await machine.load(Array(text.utf8), name: source)))
    } catch { result = .failure(error) }
    await machine.close()
    do throws(LuaError) { return try result.get().first ?? .nil } catch {
      throw InventoryError(source, line: error.position?.line, .lua(error.message))
    }
  }

  private static func take(
    _ value: LuaValue, _ name: String, _ source: String, _ inventory: inout Inventory
  ) throws(InventoryError.Problem) {
    guard case .table(let group) = value else {
      throw .mismatch(place: "the group \"\(name)\"", expected: "a table", got: value.typeName)
    }
    inventory.add(group: name)
    for entry in group.list { try take(host: entry, of: name, source, &inventory) }
    for (variable, value) in try variables(group, "the group \"\(name)\"", besides: ["children"]) {
      try inventory.set(variable, value, of: name, from: source)
    }
    guard let children = group.fields["children"] else { return }
    guard case .table(let list) = children else {
      throw .mismatch(place: "children of \"\(name)\"", expected: "a list of groups", got: children.typeName)
    }
    for child in list.list {
      guard let text = child.text else {
        throw .mismatch(place: "children of \"\(name)\"", expected: "names of groups", got: child.typeName)
      }
      inventory.add(group: text)
      try inventory.add(child: text, to: name)
    }
  }

  private static func take(
    host entry: LuaValue, of group: String, _ source: String, _ inventory: inout Inventory
  ) throws(InventoryError.Problem) {
    var table = LuaTable(list: [entry])
    if case .table(let given) = entry { table = given }
    guard table.list.count == 1, let text = table.list.first?.text else {
      throw .mismatch(place: "a host of \"\(group)\"", expected: "\"NAME\" or { \"NAME\", … }", got: entry.typeName)
    }
    let range = try HostRange(text)
    try inventory.add(range, to: group, variables(table, "the host \"\(text)\""), from: source)
  }

  /// The variables in `vars` and the variables of the connection.
  private static func variables(
    _ table: LuaTable, _ place: String, besides others: [String] = []
  ) throws(InventoryError.Problem) -> [(key: String, value: InventoryValue)] {
    var variables: [(key: String, value: InventoryValue)] = []
    for (name, value) in table.fields.sorted(by: { $0.key < $1.key }) where !others.contains(name) {
      if let variable = connection[name] {
        variables.append((variable, try InventoryValue(value, place: "\(name) of \(place)")))
      } else if name == "vars", case .table(let own) = value, own.list.isEmpty {
        for (name, value) in own.fields.sorted(by: { $0.key < $1.key }) {
          variables.append((name, try InventoryValue(value, place: "\(name) of \(place)")))
        }
      } else {
        let known = connection.keys.sorted() + ["vars"] + others
        let nearest = NearestName.find(name, among: known).map { "; did you mean \"\($0)\"?" } ?? ""
        throw .malformed("\(place) has the field \"\(name)\"; expected \(known.joined(separator: ", "))\(nearest)")
      }
    }
    return variables
  }
}

extension InventoryValue {
  /// - Throws: ``InventoryError/Problem/mismatch(place:expected:got:)``.
  init(_ value: LuaValue, place: String) throws(InventoryError.Problem) {
    switch value {
    case .nil: self = .null
    case .boolean(let flag): self = .boolean(flag)
    case .integer(let number): self = .integer(number)
    case .number(let number): self = .number(number)
    case .table(let table) where table.fields.isEmpty:
      var items: [InventoryValue] = []
      for item in table.list { items.append(try InventoryValue(item, place: place)) }
      self = .list(items)
    case .table(let table) where table.list.isEmpty:
      var entries: [(String, InventoryValue)] = []
      for (name, item) in table.fields.sorted(by: { $0.key < $1.key }) {
        entries.append((name, try InventoryValue(item, place: "\(place).\(name)")))
      }
      self = .table(InventoryTable(entries))
    default:
      guard let text = value.text else { throw .mismatch(place: place, expected: "a plain value", got: value.typeName) }
      self = .text(text)
    }
  }
}
