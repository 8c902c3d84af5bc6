/// The permissions from the recipe's `needs`.
package protocol RunPermissions: Sendable {
  /// Refuses a call if its arguments need another permission besides the primitive's own, such as `root = true`.
  ///
  /// - Parameter primitive: the name of the primitive, for the message.
  /// - Throws: ``Failure`` of kind `permission`.
  func require(_ permission: Permission, for primitive: String) throws
}
