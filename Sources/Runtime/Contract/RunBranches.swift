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
  /// - Returns: the new branch's number.
  func newBranch(of branch: Int, label: String?) -> Int

  /// The name for an item's branch: the item itself if a string, or a host's name; `nil` for other items.
  func label(of item: LuaValue) -> String?
}
