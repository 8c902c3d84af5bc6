extension Inventory {
  /// A host's variables: first the groups' values, then the host's own; a later value replaces an earlier value whole.
  ///
  /// - Returns: all values of each variable, the effective value last.
  package func history(of host: String) -> [String: [Variable]] {
    let names = groups(of: host).compactMap { groups[$0] }.sorted { left, right in
      (left.depth, left.priority, left.name) < (right.depth, right.priority, right.name)
    }
    // Files as a class stand above the inventory's own variables of groups.
    let layers =
      names.map(\.variables) + names.map(\.fileVariables)
      + [hosts[host]?.variables ?? [:], hosts[host]?.fileVariables ?? [:]]
    var history: [String: [Variable]] = [:]
    for layer in layers {
      for (name, variable) in layer { history[name, default: []].append(variable) }
    }
    return history
  }

  package func variables(of host: String) -> [String: Variable] {
    history(of: host).compactMapValues(\.last)
  }
}
