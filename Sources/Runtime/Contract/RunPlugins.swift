import Values

/// Runs the bodies of primitives written in Lua, in the run's machine.
package protocol RunPlugins: Sendable {
  /// The decision of the body of a primitive written in Lua.
  ///
  /// - Parameters:
  ///   - primitive: the primitive's name.
  ///   - arguments: checked, by name.
  /// - Throws: ``Failure``, also for mistakes in the primitive's Lua.
  func decision(
    of primitive: String, _ arguments: [String: LuaValue], in context: PrimitiveContext
  ) async throws -> Decision
}
