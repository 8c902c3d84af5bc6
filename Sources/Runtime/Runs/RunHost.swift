import Hosts
import Recipes

/// A host chosen for a run, with the role and the values that an inventory or the user gives to the host.
package struct RunHost: Sendable, Hashable {
  package var target: Target
  /// The role to fill; `nil` for a recipe with a single role, or none.
  package var role: String?
  /// Values for the recipe's parameters, by name.
  package var values: [String: GivenValue]

  package init(_ target: Target, role: String? = nil, values: [String: GivenValue] = [:]) {
    self.target = target
    self.role = role
    self.values = values
  }
}
