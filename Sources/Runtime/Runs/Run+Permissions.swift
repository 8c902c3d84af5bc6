import Contract
import Diagnosis

extension Run: RunPermissions {
  /// Grants the recipe the declared permissions; until then, the recipe has none.
  func grant(_ permissions: Set<Permission>) { state.update { $0.needs = permissions } }

  func require(_ permission: Permission, for primitive: String) throws { try check(permission, for: primitive) }

  /// - Parameter alternative: enough in place of `permission`.
  /// - Throws: ``Failure`` of kind `permission`.
  func check(_ permission: Permission?, or alternative: Permission? = nil, for primitive: String) throws {
    guard let needs = state.read(\.needs) else {
      throw Failure(
        .permission, "'\(primitive)' can only be used inside `run`, once the recipe has declared itself")
    }
    guard let permission, !needs.contains(permission), !needs.contains(where: { $0 == alternative }) else { return }
    let name = permission.rawValue
    throw Failure(
      .permission, "'\(primitive)' needs the permission \"\(name)\", which the recipe does not ask for",
      explanation: "a recipe may only do what it asks for in `needs`; \"\(name)\" means: \(permission.meaning)",
      fix: ["add \"\(name)\" to `needs` in the recipe"])
  }
}
