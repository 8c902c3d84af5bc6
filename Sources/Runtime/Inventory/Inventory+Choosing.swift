import Values

extension Inventory {
  /// The hosts of patterns as Ansible's users know them: `web`, `web*`, `web:&prod`, `all:!web3`, `~web\d+`, `web[0:2]`.
  ///
  /// - Parameter patterns: as for ``HostPatterns/split(_:)``.
  /// - Returns: the names in the order of the patterns, each once.
  /// - Throws: ``InventoryError``; every pattern has to match something.
  package func hosts(matching patterns: [String]) throws(InventoryError) -> [String] {
    do throws(InventoryError.Problem) {
      var names: [String] = []
      let parts = patterns.map(HostPatterns.split)
      guard !parts.isEmpty, parts.allSatisfy({ !$0.isEmpty }) else { throw .emptyPattern }
      for pattern in HostPatterns.ordered(parts.flatMap(\.self)) {
        let found = try self.hosts(matching: pattern)
        switch pattern.first {
        case "!":
          let out = Set(found)
          names.removeAll { out.contains($0) }
        case "&":
          let both = Set(found)
          names.removeAll { !both.contains($0) }
        default: names += found
        }
      }
      return names.unique
    } catch { throw InventoryError(nil, error) }
  }

  private func hosts(matching pattern: String) throws(InventoryError.Problem) -> [String] {
    if hosts[pattern] != nil { return [pattern] }
    let bare = pattern.first == "!" || pattern.first == "&" ? String(pattern.dropFirst()) : pattern
    if hosts[bare] != nil { return [bare] }
    let (expression, subscripting) = try HostPatterns.subscripted(bare)
    let matcher = try NameMatcher(expression)
    let groups = groupNames.filter(matcher.matches)
    var names = groups.flatMap { self.hosts(in: $0) }
    if groups.isEmpty || matcher.isPattern { names += hostNames.filter(matcher.matches) }
    names = names.unique
    guard !names.isEmpty || !groups.isEmpty else {
      let nearest = matcher.isPattern ? nil : NearestName.find(bare, among: groupNames + hostNames)
      throw .noMatch(pattern: bare, nearest: nearest)
    }
    guard let subscripting else { return names }
    let chosen = subscripting.apply(to: names)
    guard !chosen.isEmpty else {
      let count = names.count == 1 ? "1 host matches" : "\(names.count) hosts match"
      throw .badPattern(bare, "\(count) \"\(expression)\", and none is at this place; the first one is [0]")
    }
    return chosen
  }
}
