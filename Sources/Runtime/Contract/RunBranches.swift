import Diagnosis
import Values

/// Callbacks into the recipe, and the branches of `parallel` in which they run.
package protocol RunBranches: Sendable {
  /// Calls a function of the recipe.
  ///
  /// - Parameter branch: the branch for the function's own calls.
  /// - Returns: the function's results.
  /// - Throws: ``Failure``, also for Lua errors.
  func call(
    _ function: LuaFunctionReference, _ arguments: [LuaValue], branch: Int
  ) async throws(Failure) -> [LuaValue]

  /// Starts a branch of `parallel`.
  ///
  /// - Parameters:
  ///   - branch: the branch with the call of `parallel`; 0 outside.
  ///   - label: see ``label(of:)``.
  /// - Returns: the new branch's number. ``endBranch(_:)`` must follow.
  /// - Throws: ``Failure`` of kind `limit` for too many branches at a time.
  func newBranch(of branch: Int, label: String?) throws(Failure) -> Int

  func endBranch(_ branch: Int)

  /// Counts the bytes that a call keeps for the recipe outside Lua's memory. ``release(_:)`` must follow.
  ///
  /// - Throws: ``Failure`` of kind `limit` for too much at a time; then there is nothing to release.
  func hold(_ bytes: Int) throws(Failure)

  func release(_ bytes: Int)

  /// The name for an item's branch: the beginning of the item if a string, or a host's name; `nil` for other items.
  func label(of item: LuaValue) -> String?
}
