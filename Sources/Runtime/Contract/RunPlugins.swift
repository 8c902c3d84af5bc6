import Values

/// Primitives written in Lua, whose bodies run in the run's own machine.
package protocol RunPlugins: Sendable {
  /// Asks the body of a primitive written in Lua whether all is as wanted.
  ///
  /// - Parameters:
  ///   - primitive: the primitive's name.
  ///   - arguments: checked, by name.
  /// - Throws: ``Failure``, also for mistakes in the primitive's Lua.
  func decision(
    of primitive: String, _ arguments: [String: LuaValue], in context: PrimitiveContext
  ) async throws -> Decision
}
