import Testing

@testable import Hosts
@testable import Recipes

@Suite("hosts of the command line fill the roles")
struct RoleAssignmentTests {
  static let from = RecipeRole("from", "The box that logs in")
  static let to = RecipeRole("to", "The boxes that it logs in to", isMany: true)
  let pair = RecipeHeader(name: "pair", summary: "Pairs boxes", roles: [from, to])
  let single = RecipeHeader(name: "single", summary: "One host", roles: [RecipeRole("pi", "The Pi")])
  let none = RecipeHeader(name: "none", summary: "No host")

  func targets(_ names: String...) -> [Target] { names.map { Target(user: "u", host: $0) } }

  func problem(_ header: RecipeHeader, _ names: String...) -> String? {
    do throws(RoleError) {
      _ = try RoleAssignment.runs(of: header, with: names.map { Target(user: "u", host: $0) })
      return nil
    } catch { return error.description }
  }

  @Test("roles are filled in order, and the last may take the remaining hosts")
  func order() throws {
    let runs = try RoleAssignment.runs(of: pair, with: targets("a", "b", "c"))
    #expect(
      runs == [
        RoleAssignment(entries: [
          .init(role: Self.from, targets: targets("a")), .init(role: Self.to, targets: targets("b", "c")),
        ])
      ])
    #expect(runs.first?.targets == targets("a", "b", "c"))
  }

  @Test("a single role and several hosts give one run per host")
  func fleet() throws {
    let runs = try RoleAssignment.runs(of: single, with: targets("a", "b"))
    #expect(runs.map(\.targets) == [targets("a"), targets("b")])
  }

  @Test("a recipe without hosts runs once")
  func noHosts() throws {
    #expect(try RoleAssignment.runs(of: none, with: []) == [RoleAssignment(entries: [])])
  }

  @Test("too few and too many hosts show the recipe's usage")
  func counts() {
    #expect(
      problem(pair, "a") == """
        1 given, but no host is left for "to" (The boxes that it logs in to)
        usage: ssh-recipes run pair FROM TO…
        """)
    #expect(
      problem(single) == """
        no host is given for "pi" (The Pi)
        usage: ssh-recipes run single PI
        """)
    #expect(
      problem(none, "a", "b") == """
        the recipe takes no hosts, so there is no place for "u@a", "u@b"
        usage: ssh-recipes run none
        """)
    #expect(
      problem(pair, "a", "b", "a") == """
        the host "u@a" is given twice
        usage: ssh-recipes run pair FROM TO…
        """)
  }
}
