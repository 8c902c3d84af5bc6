/// Hosts in groups, with variables: all sources of a command together.
package struct Inventory: Sendable {
  /// A variable's value with the source, for `hosts NAME --why`.
  package struct Variable: Sendable, Hashable {
    package var value: InventoryValue
    package var origin: String

    package init(_ value: InventoryValue, from origin: String) {
      self.value = value
      self.origin = origin
    }
  }

  package struct Group: Sendable {
    package let name: String
    /// The group's own hosts, in order.
    package internal(set) var hosts: [String] = []
    package internal(set) var children: [String] = []
    var parents: [String] = []
    var variables: [String: Variable] = [:]
    /// Of `group_vars` files, which win over the inventory's own variables of all groups.
    var fileVariables: [String: Variable] = [:]
    /// `ansible_group_priority`: the higher priority wins between groups of the same depth.
    var priority = 1
    /// The longest way from `all`.
    var depth = 0

    var hostSet: Set<String> = []
  }

  package struct Host: Sendable {
    package let name: String
    var groups: [String] = []
    var variables: [String: Variable] = [:]
    var fileVariables: [String: Variable] = [:]
  }

  package internal(set) var groups: [String: Group] = [:]
  /// In the order of the sources.
  package internal(set) var groupNames: [String] = []
  package internal(set) var hosts: [String: Host] = [:]
  package internal(set) var hostNames: [String] = []
  /// Warnings about readable sources.
  package internal(set) var warnings: [String] = []

  /// `all` and `ungrouped` always exist.
  package init() {
    add(group: "all")
    add(group: "ungrouped")
  }

  /// The groups of a host with all groups above, `all` included.
  package func groups(of host: String) -> Set<String> {
    var found: Set<String> = []
    var rest = hosts[host]?.groups ?? []
    while let name = rest.popLast() {
      guard found.insert(name).inserted else { continue }
      rest += groups[name]?.parents ?? []
    }
    return found.union(["all"])
  }

  /// The hosts of a group and of all groups below: breadth first, each host once.
  package func hosts(in group: String) -> [String] {
    var names: [String] = []
    var seen: Set<String> = []
    for name in descendants(of: group) {
      for host in groups[name]?.hosts ?? [] where seen.insert(host).inserted { names.append(host) }
    }
    return names
  }

  /// The group, and all groups below it, breadth first.
  func descendants(of group: String) -> [String] {
    var ordered = [group]
    var seen: Set<String> = [group]
    var next = 0
    while next < ordered.count {
      for child in groups[ordered[next]]?.children ?? [] where seen.insert(child).inserted { ordered.append(child) }
      next += 1
    }
    return ordered
  }
}
