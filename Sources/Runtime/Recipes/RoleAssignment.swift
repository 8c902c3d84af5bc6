import Hosts

/// The hosts of the command line in their roles, for one run.
package struct RoleAssignment: Sendable, Hashable {
  /// In the order of the roles; a role without `many` has exactly one target.
  package var entries: [Entry]
  /// The parameters' values for this run; `nil` if the hosts have no values of their own.
  package var settings: RecipeSettings?

  package struct Entry: Sendable, Hashable {
    package var role: RecipeRole
    package var targets: [Target]

    package init(role: RecipeRole, targets: [Target]) {
      self.role = role
      self.targets = targets
    }
  }

  package init(entries: [Entry]) { self.entries = entries }

  package var targets: [Target] { entries.flatMap(\.targets) }

  /// Fills the roles in order. A recipe with a single role and several targets gives one run per target.
  ///
  /// - Throws: ``RoleError``.
  package static func runs(
    of header: RecipeHeader, with targets: [Target]
  ) throws(RoleError) -> [RoleAssignment] {
    var seen: Set<Target> = []
    for target in targets where !seen.insert(target).inserted { throw .twice(target, usage: header.usage) }
    let roles = header.roles
    if roles.count == 1, let role = roles.first, !role.isMany, !targets.isEmpty {
      return targets.map { RoleAssignment(entries: [Entry(role: role, targets: [$0])]) }
    }
    guard targets.count >= roles.count else {
      throw .tooFew(missing: Array(roles.dropFirst(targets.count)), given: targets.count, usage: header.usage)
    }
    var rest = targets[...]
    let entries = roles.map { role in
      let taken = role.isMany ? rest : rest.prefix(1)
      rest = rest.dropFirst(taken.count)
      return Entry(role: role, targets: Array(taken))
    }
    guard rest.isEmpty else {
      throw .tooMany(Array(rest), roles: roles.count, usage: header.usage)
    }
    return [RoleAssignment(entries: entries)]
  }

  /// Fills the roles by name.
  ///
  /// - Throws: ``RoleError``.
  package static func run(
    of header: RecipeHeader, filling roles: [String: [Target]]
  ) throws(RoleError) -> RoleAssignment {
    var entries: [Entry] = []
    var seen: Set<Target> = []
    for role in header.roles {
      let targets = roles[role.name] ?? []
      guard let first = targets.first else { throw .empty(role, usage: header.usage) }
      guard role.isMany || targets.count == 1 else {
        throw .severalFor(role, first: first, count: targets.count, usage: header.usage)
      }
      for target in targets where !seen.insert(target).inserted { throw .twice(target, usage: header.usage) }
      entries.append(Entry(role: role, targets: targets))
    }
    return RoleAssignment(entries: entries)
  }
}

/// The hosts on the command line do not match the recipe's roles.
package enum RoleError: Error, Hashable, Sendable {
  case tooFew(missing: [RecipeRole], given: Int, usage: String)
  case tooMany([Target], roles: Int, usage: String)
  case twice(Target, usage: String)
  case empty(RecipeRole, usage: String)
  case severalFor(RecipeRole, first: Target, count: Int, usage: String)
}

extension RoleError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tooFew(let missing, let given, let usage):
      let names = missing.map { "\"\($0.name)\" (\($0.help))" }.joined(separator: " and ")
      return "\(given == 0 ? "no host is given" : "\(given) given, but no host is left") for \(names)\nusage: \(usage)"
    case .tooMany(let targets, let roles, let usage):
      let names = targets.map { "\"\($0)\"" }.joined(separator: ", ")
      let taken = roles == 0 ? "no hosts" : roles == 1 ? "one host" : "\(roles) hosts"
      return "the recipe takes \(taken), so there is no place for \(names)\nusage: \(usage)"
    case .twice(let target, let usage):
      return "the host \"\(target)\" is given twice\nusage: \(usage)"
    case .empty(let role, let usage):
      return "no host is given for \"\(role.name)\" (\(role.help))\n"
        + "  fix     --role \(role.name)=PATTERN\nusage: \(usage)"
    case .severalFor(let role, let first, let count, let usage):
      return
        "the role \"\(role.name)\" takes one host, and \(count) are chosen, the first \"\(first)\"\nusage: \(usage)"
    }
  }
}
