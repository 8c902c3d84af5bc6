/// The permissions that the recipe asked for in `needs`.
package protocol RunPermissions: Sendable {
  /// Refuses a call whose arguments need one more permission than the primitive itself, such as `root = true`.
  ///
  /// - Parameter primitive: the name of the primitive, for the message.
  /// - Throws: ``Failure`` of kind `permission`.
  func require(_ permission: Permission, for primitive: String) throws
}
