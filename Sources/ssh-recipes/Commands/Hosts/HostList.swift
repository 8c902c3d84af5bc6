import Inventory

/// Hosts of an inventory, as `hosts` prints them.
struct HostList {
  let inventory: Inventory
  let names: [String]

  /// `web1  admin@10.0.0.5:2222  prod, web`.
  var lines: [String] {
    let rows = names.map { name in
      let groups = inventory.groups(of: name).subtracting(["all", "ungrouped"]).sorted()
      return [name, address(of: name), groups.joined(separator: ", ")]
    }
    return Table.lines(rows).map { line in String(line.reversed().drop { $0 == " " }.reversed()) }
  }

  /// ``lines``, each with the host's variables, the effective value first.
  var detailLines: [String] {
    zip(names, lines).flatMap { name, line in
      [line]
        + inventory.history(of: name).sorted { $0.key < $1.key }.flatMap { variable, values in
          values.reversed().enumerated().map { index, value in
            let text = HostConnection.isSecret(variable) ? "(not shown)" : JSONText(value.value).text
            return index == 0
              ? "  \(variable.visible) = \(text)  (\(value.origin.visible))"
              : "    instead of \(text)  (\(value.origin.visible))"
          }
        }
    }
  }

  /// A host for each element, as in docs/schemas/hosts-1.schema.json.
  var json: [JSONText] {
    names.map { name in
      let variables = inventory.variables(of: name).sorted { $0.key < $1.key }.map { variable, value in
        (variable, HostConnection.isSecret(variable) ? JSONText.null : JSONText(value.value))
      }
      return JSONText.object([
        "name": .string(name), "address": .string(address(of: name)),
        "groups": .strings(inventory.groups(of: name).subtracting(["all"]).sorted()),
        "variables": .fields(variables),
      ])
    }
  }

  private func address(of name: String) -> String {
    let variables = inventory.variables(of: name).mapValues(\.value)
    do throws(HostConnection.Obstacle) { return try HostConnection(name, variables).target.address } catch {
      switch error {
      case .notSSH(let kind): return "(by \(kind))"
      case .wrong(let variable, _): return "(\(variable) is unusable)"
      }
    }
  }
}

extension JSONText {
  init(_ value: InventoryValue) {
    switch value {
    case .null, .vault: self = .null
    case .boolean(let flag): self = .boolean(flag)
    case .integer(let number): self = .number(number)
    case .number(let number): self = number.isFinite ? .decimal(number) : .null
    case .text(let text): self = .string(text)
    case .list(let items): self = .array(items.map { JSONText($0) })
    case .table(let table): self = .fields(table.entries.map { ($0.key, JSONText($0.value)) })
    }
  }
}
