import Inventory
import Recipes
import Runs
import Values

/// Fills a recipe's roles with hosts of an inventory.
struct RoleChoice {
  let choice: HostChoice
  let header: RecipeHeader

  /// - Parameters:
  ///   - words: the hosts of the command line, in the order of the roles.
  ///   - roles: each `NAME=PATTERN`.
  /// - Throws: ``CommandFailure``.
  func hosts(_ words: [String], _ roles: [String]) throws -> [RunHost] {
    guard roles.isEmpty else { return try named(words, roles) }
    // Roles without hosts, and the many hosts of a single role, need no names.
    if header.roles.isEmpty { return words.isEmpty ? [] : try choice.runHosts(choice.names(words)) }
    if header.roles.count == 1 { return try choice.runHosts(choice.names(words)) }
    return try inOrder(words)
  }

  /// Several roles take the words in order. A pattern for several hosts does not say the role of each host.
  private func inOrder(_ words: [String]) throws -> [RunHost] {
    guard !words.isEmpty else { throw refusal("no host is given for the recipe's \(header.roles.count) roles") }
    var hosts: [RunHost] = []
    var rest = words[...]
    for role in header.roles {
      guard let first = rest.popFirst() else { throw refusal("no host is left for the role \"\(role.name)\"") }
      let taken = role.isMany ? [first] + rest : [first]
      if role.isMany { rest = [] }
      let chosen = try choice.names(taken)
      guard role.isMany || chosen.count == 1 else {
        throw refusal("\"\(first)\" means \(chosen.count) hosts, and the role \"\(role.name)\" takes one")
      }
      hosts += try choice.runHosts(chosen, role: role.name)
    }
    guard rest.isEmpty else { throw refusal("no role is left for \"\(rest.joined(separator: " "))\"") }
    return hosts
  }

  private func named(_ words: [String], _ roles: [String]) throws -> [RunHost] {
    guard words.isEmpty else { throw refusal("hosts are given by --role and without it; use one of them") }
    var hosts: [RunHost] = []
    for text in roles {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { throw CommandFailure("--role: expected NAME=PATTERN, got \"\(text)\"") }
      guard let role = header.roles.first(where: { $0.name == parts[0] }) else {
        let known = header.roles.map(\.name)
        let guess = Wording.guess(NearestName.find(parts[0], among: known), known: known, of: "roles")
        throw CommandFailure("the recipe has no role \"\(parts[0])\"" + guess)
      }
      let isOnly = header.roles.count == 1
      hosts += try choice.runHosts(choice.names([parts[1]]), role: isOnly && !role.isMany ? nil : role.name)
    }
    return hosts
  }

  private func refusal(_ clause: String) -> CommandFailure {
    let roles = header.roles.map { " --role \($0.name)=PATTERN" }.joined()
    return CommandFailure("\(clause)\n  fix     \(roles.dropFirst())\nusage: \(header.usage)")
  }
}
