extension Inventory {
  mutating func add(group name: String) {
    guard groups[name] == nil else { return }
    groups[name] = Group(name: name)
    groupNames.append(name)
  }

  package mutating func add(host name: String, to group: String? = nil) {
    if hosts[name] == nil {
      hosts[name] = Host(name: name)
      hostNames.append(name)
    }
    guard let group, groups[group]?.hostSet.insert(name).inserted == true else { return }
    groups[group]?.hosts.append(name)
    hosts[name]?.groups.append(group)
  }

  /// Adds the hosts of a range to a group, each with the range's port and with the same variables.
  mutating func add(
    _ range: HostRange, to group: String, _ variables: [(key: String, value: InventoryValue)] = [], from origin: String
  ) throws(InventoryError.Problem) {
    for host in range.names {
      add(host: host, to: group)
      if let port = range.port { try set("ansible_port", .integer(Int64(port)), ofHost: host, from: origin) }
      for (name, value) in variables { try set(name, value, ofHost: host, from: origin) }
    }
  }

  /// - Throws: ``InventoryError/Problem/loop(group:child:)``.
  mutating func add(child: String, to group: String) throws(InventoryError.Problem) {
    guard child != group, !descendants(of: child).contains(group) else { throw .loop(group: group, child: child) }
    guard groups[group]?.children.contains(child) == false else { return }
    groups[group]?.children.append(child)
    groups[child]?.parents.append(group)
  }

  /// - Throws: ``InventoryError/Problem/mismatch(place:expected:got:)`` for a priority without a number.
  mutating func set(
    _ name: String, _ value: InventoryValue, of group: String, from origin: String
  ) throws(InventoryError.Problem) {
    if name == "ansible_group_priority" {
      guard let priority = value.word.flatMap({ Int($0) }) else {
        throw .mismatch(place: name, expected: "an integer", got: value.word ?? value.typeName)
      }
      groups[group]?.priority = priority
      return
    }
    groups[group]?.variables[name] = Variable(value, from: origin)
  }

  /// Of a group and a host with the same name, the group gets the variable, as in Ansible.
  ///
  /// - Throws: ``InventoryError/Problem/mismatch(place:expected:got:)`` as for a group.
  mutating func set(
    _ name: String, _ value: InventoryValue, ofHost host: String, from origin: String
  ) throws(InventoryError.Problem) {
    if groups[host] != nil { return try set(name, value, of: host, from: origin) }
    hosts[host]?.variables[name] = Variable(value, from: origin)
  }

  /// Puts every group without a parent below `all`, keeps in `ungrouped` the hosts without another group, and measures
  /// depths. To be called after the last source.
  mutating func reconcile() {
    for name in groupNames where name != "all" && groups[name]?.parents.isEmpty == true {
      groups["all"]?.children.append(name)
      groups[name]?.parents.append("all")
    }
    for name in hostNames {
      let others = groups(of: name).subtracting(["all", "ungrouped"])
      let isUngrouped = groups["ungrouped"]?.hostSet.contains(name) == true
      if !others.isEmpty, isUngrouped {
        groups["ungrouped"]?.hosts.removeAll { $0 == name }
        groups["ungrouped"]?.hostSet.remove(name)
        hosts[name]?.groups.removeAll { $0 == "ungrouped" }
      } else if others.isEmpty, !isUngrouped {
        add(host: name, to: "ungrouped")
      }
    }
    measure("all", depth: 0)
    let both = groupNames.filter { hosts[$0] != nil && self.hosts(in: $0) != [$0] }
    for name in both {
      warnings.append("\"\(name)\" is the name of a group and of a host; variables of the host count for the group")
    }
  }

  private mutating func measure(_ group: String, depth: Int) {
    groups[group]?.depth = depth
    for child in groups[group]?.children ?? [] where (groups[child]?.depth ?? 0) < depth + 1 {
      measure(child, depth: depth + 1)
    }
  }
}
